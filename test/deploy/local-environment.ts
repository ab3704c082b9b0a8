export const ACCOUNT = '123456789012';
export const DEFAULT_REGION = 'us-east-1';

/** moto takes any access key; this one says what it is, should it ever turn up in a log. */
export const CREDENTIALS = { accessKeyId: 'local-deploy-test', secretAccessKey: 'local-deploy-test' };

const NOWHERE = '/nonexistent';

/**
 * The whole environment of the children: nothing of the caller's AWS configuration is in it, and the proxy leads nowhere,
 * so that a client which would call anything but loopback fails instead.
 */
export function localEnvironment(home: string, port: number): NodeJS.ProcessEnv {
  const nowhere = 'http://127.0.0.1:9';
  return {
    PATH: process.env.PATH,
    HOME: home,
    CI: 'true',
    NO_COLOR: '1',
    AWS_ENDPOINT_URL: `http://localhost:${port}`, // the CDK CLI cannot upload assets to the address 127.0.0.1
    AWS_ACCESS_KEY_ID: CREDENTIALS.accessKeyId,
    AWS_SECRET_ACCESS_KEY: CREDENTIALS.secretAccessKey,
    AWS_REGION: DEFAULT_REGION,
    AWS_DEFAULT_REGION: DEFAULT_REGION,
    AWS_CONFIG_FILE: NOWHERE,
    AWS_SHARED_CREDENTIALS_FILE: NOWHERE,
    AWS_EC2_METADATA_DISABLED: 'true',
    AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
    CDK_DISABLE_CLI_TELEMETRY: 'true',
    npm_config_offline: 'true',
    npm_config_update_notifier: 'false',
    HTTP_PROXY: nowhere,
    HTTPS_PROXY: nowhere,
    NO_PROXY: 'localhost,127.0.0.1',
  };
}

/** Takes the caller's AWS configuration out of this process, before any SDK client could read it. */
export function forgetCallersAws(): void {
  Object.keys(process.env).filter((name) => name.startsWith('AWS_')).forEach((name) => delete process.env[name]);
  process.env.AWS_CONFIG_FILE = NOWHERE;
  process.env.AWS_SHARED_CREDENTIALS_FILE = NOWHERE;
  process.env.AWS_EC2_METADATA_DISABLED = 'true';
  process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true';
}
