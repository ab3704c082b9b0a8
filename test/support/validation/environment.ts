import { createRequire } from 'node:module';
import { TestEnvironment } from 'jest-environment-node';

/** What `@aws/cloudformation-validate` exports, as far as it is looked at here. */
export interface CloudFormationValidate {
  readonly RegoEngine: new (config?: object) => object;
}

/** By directory, of which each version of aws-cdk-lib has one. */
const shared = new Map<string, CloudFormationValidate>();

/**
 * Node.js, where the files that a worker tests share the engine by which AWS CDK validates templates.
 *
 * It takes seconds until it is made and warm, and modules are loaded anew for each file.
 */
export default class ValidationEnvironment extends TestEnvironment {
  constructor(...args: ConstructorParameters<typeof TestEnvironment>) {
    super(...args);
    this.global.cloudFormationValidate = (directory: string) => {
      const validate = shared.get(directory) ?? withOneEngine(createRequire(__filename)(directory));
      shared.set(directory, validate);
      return validate;
    };
  }
}

/** Rules of one's own make an engine of one's own. */
function withOneEngine(validate: CloudFormationValidate): CloudFormationValidate {
  const engine = new validate.RegoEngine();
  const engineFor = (config: object = {}) => Object.keys(config).length === 0 ? engine : new validate.RegoEngine(config);
  return { ...validate, RegoEngine: function (config?: object) { return engineFor(config); } as unknown as CloudFormationValidate['RegoEngine'] };
}
