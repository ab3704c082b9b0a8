import { createRequire } from 'node:module';
import { TestEnvironment } from 'jest-environment-node';

/** The engines of `@aws/cloudformation-validate`: `aws-cdk-lib` 2.262 takes the first, its newest version the second. */
type EngineName = 'RegoEngine' | 'CompositeEngine';

export interface Engine {
  validateTemplate(template: object, config: object): object;
}

/** What `@aws/cloudformation-validate` exports, as far as it is looked at here. */
export type CloudFormationValidate = Readonly<Record<EngineName, new (config?: object) => Engine>>;

/** By directory, of which each version of aws-cdk-lib has one. */
const shared = new Map<string, CloudFormationValidate>();

/**
 * Node.js, where the files that a worker tests share the engines by which AWS CDK validates templates.
 *
 * They take seconds until they are made and warm, and modules are loaded anew for each file.
 */
export default class ValidationEnvironment extends TestEnvironment {
  constructor(...args: ConstructorParameters<typeof TestEnvironment>) {
    super(...args);
    this.global.cloudFormationValidate = (directory: string) => {
      const validate = shared.get(directory) ?? withSharedEngines(createRequire(__filename)(directory));
      shared.set(directory, validate);
      return validate;
    };
  }
}

/** Those that are configured alike are one, which nobody frees. */
function withSharedEngines(validate: CloudFormationValidate): CloudFormationValidate {
  const engines = new Map<string, Engine>();
  const sharing = (name: EngineName) => function (config: object = {}) {
    const key = `${name} ${JSON.stringify(config)}`;
    const engine = engines.get(key) ?? shareable(new validate[name](ofThisRealm(config)));
    engines.set(key, engine);
    return engine;
  } as unknown as CloudFormationValidate[EngineName];
  return { ...validate, RegoEngine: sharing('RegoEngine'), CompositeEngine: sharing('CompositeEngine') };
}

function shareable(engine: Engine): Engine {
  return Object.create(engine, {
    free: { value: () => undefined },
    validateTemplate: { value: (template: object, config: object) => engine.validateTemplate(template, ofThisRealm(config)) },
  });
}

/** A configuration that a test made is not a plain object to a module from outside. */
function ofThisRealm(config: object): object {
  return JSON.parse(JSON.stringify(config));
}
