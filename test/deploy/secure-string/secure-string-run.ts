import { join } from 'node:path';
import { DeployedLifeCycle } from './deployed-life-cycle';
import { LifeCycle } from './life-cycle';
import { NAMES } from './life-cycle-app';
import { Secrecy } from './secrecy';
import { type Checks } from '../checks';
import { MiniStack } from '../mini-stack';
import { type Workspace } from '../workspace';

/**
 * The life of SecureString parameters, deployed on an endpoint that runs their function. MiniStack keeps the name of a parameter's key without
 * encrypting under it, and refuses nobody: whether those who must can use the key is decided by the access proof.
 */
export class SecureStringRun {
  public static async of(name: string, workspace: Workspace, checks: Checks, python: string): Promise<void> {
    const miniStack = await MiniStack.start(python, workspace.directory(name, 'home'), join(workspace.root, 'node_modules'));
    try {
      const secrecy = new Secrecy();
      await new LifeCycle(checks, secrecy, new DeployedLifeCycle({ checks, secrecy, workspace, name, port: miniStack.port })).run();
      secrecy.hear('the log of MiniStack', miniStack.log);
      secrecy.check(checks, {
        'the synthesized app': NAMES.token,
        'the output of the CDK CLI': 'a parameter of this name exists',
        'the stack': 'UPDATE_COMPLETE',
        'the events of the stack': 'a parameter of this name exists',
        'the log of the function': '"RequestType":"Update"',
        'the log of MiniStack': `PutParameter: ${NAMES.token}`,
      });
    } finally {
      miniStack.stop();
    }
  }
}
