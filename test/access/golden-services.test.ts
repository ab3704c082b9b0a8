import { ADMINISTRATION } from './golden/model-statements';
import { SERVICE_WORLDS } from './golden/service-worlds';
import { handedOverKeys, isWritten } from '../support/handed-over-key';
import { answer, serviceModel, ServiceRow } from '../support/service-world';

const TITLE = '%s: %s asks for %s with %j: %s';

describe.each(SERVICE_WORLDS)('$about ($source), under the key policy of policy-model', (world) => {
  const model = serviceModel({ ...world, keyPolicy: [...world.administration ?? ADMINISTRATION, ...world.keyPolicy] });

  test.each(world.rows)(TITLE, (...row: ServiceRow) => {
    expect(answer(model, row)).toMatchObject({ verdict: row[4] });
  });
});

const writtenWorlds = SERVICE_WORLDS.filter(isWritten);
const written = handedOverKeys(writtenWorlds);

describe.each(writtenWorlds)('$about ($source), under the key policy that the constructs write', (world) => {
  const model = serviceModel(world, written.get(world));

  test.each(world.rows)(TITLE, (...row: ServiceRow) => {
    expect(answer(model, row)).toMatchObject({ verdict: row[4] });
  });
});
