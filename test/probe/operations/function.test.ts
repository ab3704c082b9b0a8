import { keyArn } from '../fake-surroundings';
import { run, SCRIPTS, SOURCE } from '../scripted-run';

describe('function', () => {
  const NAME = 'kms-probe-test-function';
  const named = (name: string, message: string) => Object.assign(new Error(message), { name });

  test('has its key in the template, and a role that may do nothing', async () => {
    const { surroundings } = await run('function', SCRIPTS.function);
    const [{ input }] = surroundings.callsOf('cloudFormation.CreateStack');
    const { Role, Function: first, Later } = JSON.parse(input.TemplateBody).Resources;

    expect([first, Later].map(({ Properties: { FunctionName, KmsKeyArn } }) => [FunctionName, KmsKeyArn])).toEqual([[NAME, keyArn(SOURCE)], [`${NAME}-later`, keyArn(SOURCE)]]);
    expect(Object.keys(Role.Properties).sort()).toEqual(['AssumeRolePolicyDocument', 'Path', 'RoleName']);
    expect(surroundings.callsOf('iam.PutRolePolicy')).toEqual([]);
  });

  test.each([
    ['KMSAccessDeniedException', ' failed: KMSAccessDeniedException: no'],
    [undefined, ' did not fail'],
  ])('the second one is invoked for the first time when the role is another one, as soon as that is known: %s', async (error, told) => {
    let unknown = 2;
    const { result, surroundings } = await run('function', {
      ...SCRIPTS.function,
      'lambda.Invoke': ({ FunctionName }) => {
        if (FunctionName !== NAME && (unknown-- > 0 || error)) {
          throw named(unknown >= 0 ? 'AccessDeniedException' : error!, 'no');
        }
        return {};
      },
    });
    const calls = surroundings.calls.filter(({ call }) => /Invoke|CreateRole|DeleteRole$/.test(call)).map(({ call, input }) => `${call} ${input.FunctionName ?? input.RoleName}`);

    expect(calls).toEqual([
      `lambda.Invoke ${NAME}`, `iam.DeleteRole ${NAME}`, `iam.CreateRole ${NAME}`, ...Array(3).fill(`lambda.Invoke ${NAME}-later`),
    ]);
    expect(result.failure).toBeUndefined();
    expect(result.notes).toEqual([`an invocation after its role was deleted and made again${told}`]);
  });

  test('its stack is deleted by its name', async () => {
    let stacks = [{ StackName: NAME, StackStatus: 'CREATE_COMPLETE' }, { StackName: 'shop', StackStatus: 'CREATE_COMPLETE' }];
    await run('function', {
      'cloudFormation.DescribeStacks': () => ({ Stacks: stacks }),
      'cloudFormation.DeleteStack': ({ StackName }) => {
        stacks = stacks.filter((stack) => stack.StackName !== StackName);
      },
    });

    expect(stacks.map(({ StackName }) => StackName)).toEqual(['shop']);
  });
});
