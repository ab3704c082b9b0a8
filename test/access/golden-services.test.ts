import { ADMINISTRATION } from './golden/model-statements';
import { SERVICE_WORLDS } from './golden/service-worlds';
import { handedOverKeys, serviceById } from '../support/handed-over-key';
import { answer, serviceModel, ServiceRow } from '../support/service-world';

const TITLE = '%s: %s asks for %s with %j: %s';

describe.each(SERVICE_WORLDS)('$about ($source), under the key policy of policy-model', (world) => {
  const model = serviceModel({ ...world, keyPolicy: [...ADMINISTRATION, ...world.keyPolicy] });

  test.each(world.rows)(TITLE, (...row: ServiceRow) => {
    expect(answer(model, row)).toMatchObject({ verdict: row[4] });
  });
});

const inCatalogue = SERVICE_WORLDS.filter(({ services }) => services.length > 0 && services.every(serviceById));
const written = handedOverKeys(inCatalogue);

describe.each(inCatalogue)('$about ($source), under the key policy that the constructs write', (world) => {
  const model = serviceModel(world, written.get(world));

  test.each(world.rows)(TITLE, (...row: ServiceRow) => {
    expect(answer(model, row)).toMatchObject({ verdict: row[4] });
  });
});
