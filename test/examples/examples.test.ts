import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { version } from 'aws-cdk-lib/package.json';
import recommendedFlags from 'aws-cdk-lib/recommended-feature-flags.json';
import { examples } from '../../examples/synthesize';
import { keyReport } from '../../src/report/key-report';
import { type Example, exampleApp, exampleContext, EXAMPLES } from '../support/example-app';

const { devDependencies } = JSON.parse(readFileSync(resolve(__dirname, '../../package.json'), 'utf8')) as { devDependencies: Record<string, string> };

test('each directory with a main.ts is an example that the tests know', () => {
  expect(Object.keys(EXAMPLES).sort()).toEqual(examples());
});

describe.each(Object.keys(EXAMPLES) as Example[])('%s', (example) => {
  test('has the feature flags that aws-cdk-lib recommends, all of them at the minimum version', () => {
    const context = exampleContext(example);

    expect(recommendedFlags).toMatchObject(context);
    const left = Object.keys(recommendedFlags).filter((flag) => !(flag in context));
    expect({ version, left }).toEqual({ version, left: version === devDependencies['aws-cdk-lib'] ? [] : expect.any(Array) });
  });

  test('the policy of each key is below a quarter of 32 KB, the most that AWS KMS takes', () => {
    const sizes = keyReport(exampleApp(example).synth().directory).map(({ policyBytes }) => policyBytes);

    expect(sizes.length).toBeGreaterThan(0);
    expect(Math.max(...sizes)).toBeLessThan(8192);
  });
});
