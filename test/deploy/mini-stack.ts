import { ACCOUNT } from './local-environment';
import { LocalServer } from './local-server';

/** A MiniStack server on 127.0.0.1, which runs the functions of custom resources as processes of its own. */
export class MiniStack {
  /**
   * @param modules where the functions find the AWS SDK, as they do in their runtime on AWS
   * @param further what is in its environment beside that
   */
  public static async start(python: string, home: string, modules: string, further: NodeJS.ProcessEnv = {}): Promise<MiniStack> {
    return new MiniStack(await LocalServer.start({
      name: 'ministack', python, script: 'start-mini-stack.py', home, health: '/_ministack/ready', env: { ...environment(modules), ...further },
    }));
  }

  public readonly port: number;

  private constructor(private readonly server: LocalServer) {
    this.port = server.port;
  }

  public get log(): string {
    return this.server.log;
  }

  public stop(): void {
    this.server.stop();
  }
}

function environment(modules: string): NodeJS.ProcessEnv {
  return {
    BIND_HOST: '127.0.0.1', // else it listens to the world
    MINISTACK_HOST: '127.0.0.1',
    MINISTACK_ACCOUNT_ID: ACCOUNT,
    LAMBDA_EXECUTOR: 'local', // without Docker
    IOT_MTLS_ENABLED: '0', // it would listen on one more port
    // What follows is for the functions, which inherit it.
    NODE_PATH: modules,
    AWS_EC2_METADATA_DISABLED: 'true',
    AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
  };
}
