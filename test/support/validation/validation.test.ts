import { App, CfnResource, CloudFormationValidatePlugin, Stack } from 'aws-cdk-lib';

const engineOf = (plugin: CloudFormationValidatePlugin) => (plugin as unknown as { readonly engine: object }).engine;

test('templates are validated while they are tested', () => {
  const app = new App();
  new CfnResource(new Stack(app, 'Stack'), 'Queue', { type: 'AWS::SQS::Queue', properties: { QueueNam: 'orders' } });
  const failing = process.exitCode;
  const terminal = jest.spyOn(console, 'error').mockImplementation(() => undefined);
  app.synth();
  const said = terminal.mock.calls.join();
  terminal.mockRestore();
  process.exitCode = failing;

  expect(said).toContain('QueueNam');
});

test('there is one engine, but for rules of one\'s own', () => {
  const engine = engineOf(new CloudFormationValidatePlugin());

  expect(engineOf(new CloudFormationValidatePlugin())).toBe(engine);
  expect(engineOf(new CloudFormationValidatePlugin({ guardRules: [{ name: 'mine', content: 'rule nothing { Resources exists }' }] }))).not.toBe(engine);
});
