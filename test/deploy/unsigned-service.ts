import { CREDENTIALS } from './local-environment';

/** A service for which no SDK client is installed: the local endpoint reads whom a request is for, and checks no signature. */
export class UnsignedService {
  /** @param prefix of the targets, for services with one path for all operations */
  constructor(private readonly service: string, private readonly region: string, private readonly port: number, private readonly prefix = '') {}

  public post(operation: string, input: object): Promise<any> {
    return this.ask('/', { 'method': 'POST', 'content-type': 'application/x-amz-json-1.1', 'x-amz-target': `${this.prefix}.${operation}` }, JSON.stringify(input));
  }

  public get(path: string): Promise<any> {
    return this.ask(path, { method: 'GET' });
  }

  private async ask(path: string, { method, ...headers }: { readonly method: string } & Record<string, string>, body?: string): Promise<any> {
    const answer = await fetch(`http://127.0.0.1:${this.port}${path}`, {
      method,
      body,
      headers: {
        ...headers,
        authorization: `AWS4-HMAC-SHA256 Credential=${CREDENTIALS.accessKeyId}/20260101/${this.region}/${this.service}/aws4_request, SignedHeaders=host, Signature=none`,
      },
      signal: AbortSignal.timeout(20_000),
    });
    const said = await answer.json() as { __type?: string; ErrorCode?: string };
    if (!answer.ok) {
      const name = answer.headers.get('x-amzn-errortype') ?? said.__type ?? said.ErrorCode ?? `HTTP ${answer.status}`;
      throw Object.assign(new Error(JSON.stringify(said)), { name });
    }
    return said;
  }
}
