import { AccessModel } from '../../src/access/access-model';
import { readAssembly } from '../../src/access/reader/read-assembly';
import { exampleApp, templatesOf } from '../support/example-app';
import { nagFindings } from '../support/nag';

const COPIES = 'VolumeInLondon-copies-ap-southeast-2';
const app = exampleApp('volume-in-another-region');
const restored = exampleApp('volume-in-another-region', { snapshotId: 'snap-0123456789abcdef0' });
const volumesOf = (templates: object) => Object.values(templates).flatMap(({ Resources }: any) => Object.values<any>(Resources))
  .filter(({ Type }) => Type === 'AWS::EC2::Volume');

test('the templates are those that were read', () => {
  expect(templatesOf(app)).toMatchSnapshot();
});

test('with the id of a copy, the volume of it is under the key there, and nothing else changes', () => {
  const { VolumeInSydney: before, ...others } = templatesOf(app) as Record<string, any>;
  const { VolumeInSydney: after, ...othersAfter } = templatesOf(restored) as Record<string, any>;
  const [, volume] = volumesOf(templatesOf(restored));

  expect(volumesOf(templatesOf(app))).toHaveLength(1);
  expect(othersAfter).toEqual(others);
  expect(Object.keys(after.Resources)).toEqual(expect.arrayContaining(Object.keys(before.Resources)));
  expect(volume.Properties).toMatchObject({ SnapshotId: 'snap-0123456789abcdef0', Encrypted: true });
  expect(JSON.stringify(volume.Properties.KmsKeyId)).toContain(COPIES);
});

test('what is restored has no finding that is not acknowledged', () => {
  expect(nagFindings(restored)).toEqual([]);
});

describe('who asks', () => {
  const LONDON = 'VolumeInLondon/Key';
  const SYDNEY = `${COPIES}/Key`;
  let model: AccessModel;
  beforeAll(() => {
    model = new AccessModel(readAssembly(restored.synth().directory));
  });

  test.each<[who: string, does: string, key: string, verdict: string]>([
    ['VolumeInLondon/Nightly/Role', 'ReEncryptFrom', LONDON, 'conditional'],
    ['VolumeInLondon/Nightly/Role', 'ReEncryptTo', SYDNEY, 'conditional'],
    ['VolumeInLondon/Nightly/Role', 'PutKeyPolicy', SYDNEY, 'denied'],
    ['VolumeInLondon/Operator', 'CreateGrant', LONDON, 'conditional'],
    ['VolumeInLondon/Operator', 'CreateGrant', SYDNEY, 'denied'],
    ['VolumeInLondon/Operator', 'Decrypt', SYDNEY, 'denied'],
    ['VolumeInSydney/Operator', 'CreateGrant', SYDNEY, 'conditional'],
    ['VolumeInSydney/Operator', 'CreateGrant', LONDON, 'denied'],
    ['VolumeInSydney/Operator', 'Decrypt', LONDON, 'denied'],
  ])('%s for %s with %s: %s', (who, does, key, verdict) => {
    expect(model.decide({ principal: who, key, action: `kms:${does}` })).toMatchObject({ verdict });
  });
});
