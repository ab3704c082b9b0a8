import { App, Stack, Stage, Validations } from 'aws-cdk-lib';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { nagReport } from '../../src/report/nag-report';
import { NAG_CONTEXT, nagPacks } from '../support/nag';

const terminal = jest.spyOn(console, 'error');
beforeEach(() => terminal.mockImplementation(() => undefined));
afterEach(() => process.exitCode = undefined);

test('findings and acknowledgements are counted for each construct', () => {
  const app = nagApp();
  const stack = new Stack(app, 'Stack');
  ['Open1', 'Open2'].forEach((id) => new sqs.Queue(stack, id, { enforceSSL: true }));
  ['Acknowledged1', 'Acknowledged2', 'Acknowledged3'].forEach((id) => acknowledged(stack, id));

  expect(nagReport(app.synth().directory, ['AwsSolutions', 'PCI.DSS.321'])).toEqual([
    { pack: 'AwsSolutions', findings: 2, acknowledged: 3 },
    { pack: 'PCI.DSS.321', findings: 0, acknowledged: 0 },
  ]);
});

test('the stacks of a stage are counted', () => {
  const app = nagApp();
  acknowledged(new Stack(new Stage(app, 'Stage'), 'Stack'), 'Queue');

  expect(nagReport(app.synth().directory, ['AwsSolutions'])).toEqual([{ pack: 'AwsSolutions', findings: 0, acknowledged: 1 }]);
});

test('fails when a pack broke', () => {
  const app = nagApp();
  Validations.of(app).addPlugins({
    name: 'Broken',
    validate: () => {
      throw new Error('no rules found');
    },
  });
  new Stack(app, 'Stack');

  expect(() => nagReport(app.synth().directory, ['Broken'])).toThrow('Validation plugin \'Broken\' failed: no rules found');
});

test('fails where no app was validated', () => {
  expect(() => nagReport('/nowhere', [])).toThrow('/nowhere/validation-report.json cannot be read: is /nowhere a synthesized app?');
});

function nagApp(): App {
  const app = new App({ context: NAG_CONTEXT });
  Validations.of(app).addPlugins(...nagPacks());
  return app;
}

function acknowledged(stack: Stack, id: string): void {
  Validations.of(new sqs.Queue(stack, id, { enforceSSL: true })).acknowledge({ id: 'AwsSolutions-SQS3', reason: 'It is a test.' });
}
