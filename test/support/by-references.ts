import { References } from './three-stacks';
import { AccessModel } from '../../src/access/access-model';

/** Tests of who can do what with the keys of an app, by weak references and by strong ones. The model is there when a test runs. */
export function describeByReferences(modelOf: (references: References) => AccessModel, tests: (model: () => AccessModel) => void): void {
  describe.each(['weak', 'strong'] as const)('by %s references', (references) => {
    let model: AccessModel;
    beforeAll(() => {
      // CDK warns of L2s that are deprecated, and of what the resources around the key lack.
      jest.spyOn(console, 'warn').mockImplementation();
      jest.spyOn(console, 'error').mockImplementation();
      model = modelOf(references);
    });

    tests(() => model);
  });
}
