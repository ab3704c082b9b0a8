import { LocalServer } from './local-server';

/** A moto server on 127.0.0.1, and what it wrote about the resource types that it does not know. */
export class Moto {
  public static async start(python: string, home: string): Promise<Moto> {
    return new Moto(await LocalServer.start({ name: 'moto', python, script: 'start-moto.py', home, health: '/moto-api/' }));
  }

  public readonly port: number;

  private constructor(private readonly server: LocalServer) {
    this.port = server.port;
  }

  /** A place in the log, to ask for what was written after it. */
  public get mark(): number {
    return this.server.log.length;
  }

  public unknownTypesSince(mark: number): string[] {
    const types = this.server.log.slice(mark).matchAll(/No Moto CloudFormation support for (\S+)/g);
    return [...new Set([...types].map((match) => match[1]))].sort();
  }

  public stop(): void {
    this.server.stop();
  }
}
