import { App, Stack } from 'aws-cdk-lib';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import * as sfn from 'aws-cdk-lib/aws-stepfunctions';
import { definitionFindings, definitionsOf } from './template-definitions';

function template(next: string) {
  const app = new App();
  const stack = new Stack(app, 'Stack');
  const { queueUrl: QueueUrl } = new sqs.Queue(stack, 'Queue');
  const definition = stack.toJsonString({
    QueryLanguage: 'JSONata',
    StartAt: 'Send',
    States: {
      Send: { Type: 'Task', Resource: 'arn:aws:states:::sqs:sendMessage', Arguments: { QueueUrl, MessageBody: '{% $states.input %}' }, Next: next },
      Done: { Type: 'Succeed' },
    },
  });
  new sfn.StateMachine(stack, 'Machine', { definitionBody: sfn.DefinitionBody.fromString(definition) });
  return app.synth().getStackByName('Stack').template;
}

test('a definition has texts in place of references', () => {
  const [[id, definition]] = Object.entries(definitionsOf(template('Done')));

  expect(id).toMatch(/^Machine/);
  expect(definition.States.Send.Arguments).toEqual({ QueueUrl: expect.stringMatching(/^Queue/), MessageBody: '{% $states.input %}' });
});

test('a reference comes to what is given for it', () => {
  const machine = template('Done');
  const queue = Object.keys(machine.Resources).find((id) => id.startsWith('Queue'))!;
  const [definition] = Object.values(definitionsOf(machine, { [queue]: 'https://queue' }));

  expect(definition.States.Send.Arguments).toMatchObject({ QueueUrl: 'https://queue' });
});

test('a definition that is in order has no findings', () => {
  expect(definitionFindings(template('Done'))).toEqual([]);
});

test('fails for a variable of a map that is assigned outside of it', () => {
  const pass = (assigned: string) => ({ Type: 'Pass', Assign: { [assigned]: 1 }, End: true });
  const machine = (within: string) => definitionFindings({
    Resources: {
      Machine: {
        Type: 'AWS::StepFunctions::StateMachine',
        Properties: {
          Definition: {
            QueryLanguage: 'JSONata',
            StartAt: 'Each',
            States: {
              Each: { Type: 'Map', ItemProcessor: { StartAt: 'One', States: { One: pass(within) } }, Next: 'Last' },
              Last: pass('outer'),
            },
          },
        },
      },
    },
  });

  expect(machine('inner')).toEqual([]);
  expect(machine('outer')).toEqual(['Machine: One assigns outer, as states outside of its map do']);
});

test('fails for a state that is not there', () => {
  expect(definitionFindings(template('Gone')).join()).toMatch(/^Machine\w+: .*Gone/);
});
