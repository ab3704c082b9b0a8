import { dirname, join } from 'node:path';
import { type CloudFormationValidate } from './environment';

declare global {
  /** `ValidationEnvironment` has it. */
  // eslint-disable-next-line no-var
  var cloudFormationValidate: (directory: string) => CloudFormationValidate;
}

// The one that the aws-cdk-lib of these tests brings.
const directory = join(dirname(require.resolve('aws-cdk-lib/package.json')), 'node_modules', '@aws', 'cloudformation-validate');

export = globalThis.cloudFormationValidate(directory);
