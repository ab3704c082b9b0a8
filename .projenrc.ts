import { awscdk, javascript } from 'projen';

/** The minimum of each peer, with its reason. We compile against these. */
const minimum = {
  // cdk-nag 3 reports through the validation plugins of 2.262; below it, it fails inside and reports nothing.
  awsCdkLib: '2.262.0',
  // cdk-nag 3, which users run beside us, asks for it; aws-cdk-lib 2.262 for 10.5.0.
  constructs: '10.5.1',
};
/** The newest aws-cdk-lib: `test:newest` runs the same tests against it. */
const newestAwsCdkLib = '2.276.0';
/** Where tests find what they import, and aws-cdk-lib the engines of validation that the tests of a worker share. */
const moduleNameMapper = {
  '^cdk-kms-patterns$': '<rootDir>/src',
  '^@aws/cloudformation-validate$': '<rootDir>/test/support/validation/cloudformation-validate.ts',
};
/** Exactly: the hash of a bundle is in every template that has the function. */
const esbuild = '0.28.2';

const project = new awscdk.AwsCdkConstructLibrary({
  name: 'cdk-kms-patterns',
  description: 'AWS CDK constructs for encryption with AWS KMS customer managed keys you own: least-privilege key policies, both halves of every grant.',
  author: 'cdk-kms-patterns',
  authorAddress: 'cdk-kms-patterns@users.noreply.github.com',
  authorOrganization: true,
  repositoryUrl: 'https://github.com/cdk-kms-patterns/cdk-kms-patterns.git',
  license: 'Apache-2.0',
  copyrightOwner: 'The cdk-kms-patterns authors',
  keywords: ['aws', 'cdk', 'kms', 'encryption', 'key-policy', 'least-privilege'],
  packageManager: javascript.NodePackageManager.NPM,
  minNodeVersion: '20.0.0',
  projenrcTs: true,
  defaultReleaseBranch: 'main',
  github: false,
  release: false,
  depsUpgrade: false,
  sampleCode: false,
  readme: { filename: 'README.md' },

  publishToPypi: { distName: 'cdk-kms-patterns', module: 'cdk_kms_patterns' },
  publishToMaven: { javaPackage: 'io.github.cdkkmspatterns', mavenGroupId: 'io.github.cdkkmspatterns', mavenArtifactId: 'cdk-kms-patterns' },
  publishToNuget: { dotNetNamespace: 'CdkKmsPatterns', packageId: 'CdkKmsPatterns' },
  publishToGo: { moduleName: 'github.com/cdk-kms-patterns/cdk-kms-patterns-go', packageName: 'cdkkmspatterns' },

  cdkVersion: minimum.awsCdkLib,
  constructsVersion: minimum.constructs,
  jsiiVersion: '~6.0.0',
  typescriptVersion: '~6.0.0',
  devDeps: [
    `aws-cdk-lib-newest@npm:aws-cdk-lib@${newestAwsCdkLib}`,
    'aws-cdk@^2', // 3.0.0 was published by accident and refuses this aws-cdk-lib (aws/aws-cdk#38113)
    'cdk-nag@^3.0.2',
    '@cdklabs/cdk-validator-cfnguard@^0.0.62', // the proactive controls of AWS Control Tower
    'fast-check@^4.10.2',
    'jest-environment-node@^30', // test/support/validation builds on it
    'tsx@^4.23.15', // runs the examples and the deploy tests from their sources, package name included
    '@types/node@^20',
    `esbuild@${esbuild}`, // bundles the command line tool with what only it needs, and the functions of custom resources
    'asl-validator@^4', // state machines: their definitions ...
    'jsonata@^2.2.2', // ... and what their JSONata expressions give
    'yaml@^2.9.1', // reads CloudFormation templates for the command line tool
    // The deploy tests read back through the SDK, and the functions of custom resources find it in their runtime.
    ...[
      'auto-scaling', 'backup', 'cloudformation', 'cloudtrail', 'cloudwatch-logs', 'dlm', 'dynamodb', 'ec2', 'ecr', 'efs', 'elasticache', 'eventbridge', 'firehose', 'iam', 'kinesis', 'kms', 'lambda', 'opensearch', 'rds', 'redshift',
      'redshift-data', 'redshift-serverless', 's3', 's3-control', 'secrets-manager', 'sfn', 'sns', 'sqs', 'ssm', 'sts',
    ].map((name) => `@aws-sdk/client-${name}@^3`),
    '@smithy/node-http-handler@^4', // Amazon Kinesis by HTTP/1.1, which is all that a local endpoint speaks
  ],

  // src/**/*.lambda.ts: each is bundled into assets/, which is in the package. Another runtime changes every template that has one.
  bundlerOptions: { esbuildVersion: esbuild },
  lambdaOptions: { runtime: awscdk.LambdaRuntime.NODEJS_24_X, awsSdkConnectionReuse: false },

  tsconfigDevFile: 'tsconfig.dev.json',
  tsconfigDev: {
    include: ['.projenrc.ts'],
    compilerOptions: {
      paths: { 'cdk-kms-patterns': ['./src/index.ts'] },
      isolatedModules: true, // ts-jest transpiles only; `typecheck` is the one that checks types
      types: ['jest', 'node'],
    },
  },
  jestOptions: {
    updateSnapshot: javascript.UpdateSnapshot.NEVER,
    passWithNoTests: false,
    junitReporting: false,
    jestConfig: {
      testMatch: ['<rootDir>/test/**/*.test.ts'],
      testPathIgnorePatterns: ['/node_modules/', '<rootDir>/test/handlers/'], // They need a local AWS endpoint: test:handlers
      testEnvironment: '<rootDir>/test/support/validation/environment.ts', // which the mapped module needs
      moduleNameMapper,
      maxWorkers: 2,
      collectCoverage: false, // `coverage` does: nothing depends on it, and it takes longer
      coverageProvider: 'babel', // v8 looks at all of aws-cdk-lib as well, and takes more than twice as long
      coverageReporters: ['text-summary', 'json-summary'],
    },
  },
  eslintOptions: {
    dirs: ['src'],
    devdirs: ['test', 'examples'],
    commandOptions: { fix: false },
    projectService: false, // it knows tsconfig.json only, which leaves the tests out
    tsconfigPath: './tsconfig.dev.json',
  },
  bin: { 'cdk-kms-access': 'lib/bin/cdk-kms-access.js' },
  docgen: true,
  gitignore: ['cdk.out/', '.deploy/', '/examples/**/cdk.context.json', '.jsii.tabl.json'],
});

// The lock file must install everywhere: newer versions lack platform packages in the registry, npm then calls the lock out of sync.
project.package.addPackageResolutions('unrs-resolver@1.12.2');

// What users of the package have no use for; of the command line tool they have the bundle.
for (const path of ['/lib/cli', '/examples', '/rosetta', '/.ci', '/cdk.out', '/.deploy', '/.jsii.tabl.json', '/CONTRIBUTING.md', '/.npmrc']) {
  project.addPackageIgnore(path);
}

const eslint = project.eslint!;
eslint.addRules({
  'max-lines': ['error', { max: 250, skipBlankLines: false, skipComments: false }],
});
// Knowledge flows one way (src/README of the house in CONTRIBUTING.md): `target` may not import `from`.
const arrows: Record<string, string[]> = {
  private: ['service', 'key', 'resource', 'secret', 'copy', 'watch', 'retrofit', 'access', 'report', 'cli'],
  service: ['key', 'resource', 'secret', 'copy', 'watch', 'retrofit', 'access', 'report', 'cli'],
  key: ['resource', 'secret', 'copy', 'watch', 'retrofit', 'access', 'report', 'cli'],
  resource: ['secret', 'copy', 'watch', 'retrofit', 'access', 'report', 'cli'],
  secret: ['resource', 'copy', 'watch', 'retrofit', 'access', 'report', 'cli'],
  copy: ['watch', 'retrofit', 'access', 'report', 'cli'],
  watch: ['copy', 'retrofit', 'access', 'report', 'cli'],
  retrofit: ['access', 'report', 'cli'],
  access: ['key', 'resource', 'secret', 'copy', 'watch', 'retrofit', 'report', 'cli'],
  report: ['key', 'resource', 'secret', 'copy', 'watch', 'retrofit', 'cli'],
  cli: ['key', 'resource', 'secret', 'copy', 'watch', 'retrofit'],
};
eslint.addRules({
  'import/no-restricted-paths': ['error', {
    zones: Object.entries(arrows).flatMap(([target, froms]) =>
      froms.map((from) => ({ target: `./src/${target}`, from: `./src/${from}`, message: `src/${target} must not know src/${from}.` }))),
  }],
});
// The command line tool is bundled: what it imports is not installed beside it.
eslint.addOverride({ files: ['src/cli/**/*.ts'], rules: { 'import/no-extraneous-dependencies': ['error', { devDependencies: true, peerDependencies: true }] } });
// So are the functions of custom resources, which find the AWS SDK in their runtime.
eslint.addOverride({ files: ['src/**/handler/**/*.ts'], rules: { 'import/no-extraneous-dependencies': ['error', { devDependencies: true }] } });
eslint.addOverride({ files: ['.projenrc.ts'], rules: { 'import/no-extraneous-dependencies': 'off' } });

project.testTask.reset();
project.testTask.exec('jest --ci', { receiveArgs: true });
project.testTask.spawn(project.tasks.tryFind('eslint')!);

const bundleCli = project.addTask('bundle:cli', {
  description: 'Bundle the command line tool, without aws-cdk-lib, which is installed beside it',
  exec: 'esbuild src/cli/cdk-kms-access.ts --bundle --platform=node --target=node20 --external:aws-cdk-lib --log-level=warning --outfile=lib/bin/cdk-kms-access.js',
});
project.postCompileTask.spawn(bundleCli);
// After `npm ci` alone, npx finds it in a clone, and apps synthesize with the functions of custom resources.
project.package.setScript('prepare', 'projen bundle && projen bundle:cli');
project.addTask('access', {
  description: 'Run the command line tool from its sources',
  exec: 'tsx --tsconfig tsconfig.dev.json src/cli/cdk-kms-access.ts',
  receiveArgs: true,
});
project.addTask('coverage', { description: 'The tests, with the lines of src that they reach', exec: 'jest --ci --coverage', receiveArgs: true });
project.addTask('typecheck', { description: 'Type-check src, tests and examples', exec: 'tsc --noEmit -p tsconfig.dev.json' });
/**
 * What takes minutes and is about nothing that aws-cdk-lib changes: simulations of state machines, the controls of cfn-guard over templates, and random worlds of
 * the access proof.
 */
const SAME_ON_NEWEST = [
  '/node_modules/', '/test/handlers/', '/test/guard/', '/test/copy/(ebs|rds)/.*(copying|faults|selection|stopped)', '/test/access/.*(oracle|properties)',
];
project.addTask('test:newest', {
  description: 'The same tests against the newest aws-cdk-lib',
  exec: `jest --ci ${SAME_ON_NEWEST.map((path) => `--testPathIgnorePatterns='${path}'`).join(' ')} --moduleNameMapper='${JSON.stringify({
    ...moduleNameMapper,
    '^aws-cdk-lib($|/.*)': '<rootDir>/node_modules/aws-cdk-lib-newest$1',
  })}'`,
  receiveArgs: true,
});
project.addTask('test:handlers', {
  description: 'Test the functions of custom resources against a local AWS endpoint',
  exec: 'jest --ci --config test/handlers/jest.config.json',
  receiveArgs: true,
});
project.addTask('test:deploy', {
  description: 'Deploy, change, read back and destroy every example, SecureString parameters through their life, and copies of snapshots, on local AWS endpoints',
  exec: 'tsx --tsconfig tsconfig.dev.json test/deploy/main.ts',
  receiveArgs: true,
});
project.addTask('synth', {
  description: 'Synthesize every example, each into cdk.out/<example>',
  exec: 'tsx --tsconfig tsconfig.dev.json examples/synth.ts',
  receiveArgs: true,
});
project.addTask('bench', {
  description: 'Measure speed and memory: ratios and growth, which fail where a target is missed',
  exec: 'tsx --tsconfig tsconfig.dev.json test/bench/main.ts',
  receiveArgs: true,
});
project.addTask('bench:access', {
  description: 'Measure the access proof',
  exec: 'tsx --tsconfig tsconfig.dev.json test/bench/main.ts access',
});
project.addTask('bench:copy', {
  description: 'Simulate many copies of snapshots with the documented limits',
  exec: 'tsx --tsconfig tsconfig.dev.json test/bench/main.ts copy',
});
project.addTask('probe', {
  description: 'Make each copy once in an AWS account of yours, after asking, and hold what AWS CloudTrail saw against the catalogue',
  exec: 'tsx --tsconfig tsconfig.dev.json test/probe/main.ts',
  receiveArgs: true,
});
project.addTask('docs:services', {
  description: 'Write the table of services into the README',
  exec: 'tsx --tsconfig tsconfig.dev.json test/docs/write-service-table.ts',
});
project.addTask('demo', {
  description: 'Synthesize examples/data-platform and show its keys',
  exec: 'tsx --tsconfig tsconfig.dev.json examples/demo.ts',
});

project.synth();
