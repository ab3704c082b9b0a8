import { App, CfnResource, Stack } from 'aws-cdk-lib';
import validate from './cloudformation-validate';

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
  const engine = new validate.RegoEngine();

  expect(new validate.RegoEngine()).toBe(engine);
  expect(new validate.RegoEngine({ guardRules: [{ name: 'mine', content: 'rule nothing { Resources exists }' }] })).not.toBe(engine);
});
