import { existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** The directories that the deploy tests read and write; everything written is below `.deploy`, which git ignores. */
export class Workspace {
  public readonly root = resolve(__dirname, '../..');
  public readonly venv = join(this.root, '.deploy', 'venv');
  /** This run's own directory, so that two runs in one checkout do not meet. */
  public readonly run = join(this.root, '.deploy', `run-${process.pid}`);

  public get examples(): string[] {
    const examples = join(this.root, 'examples');
    if (!existsSync(examples)) {
      return [];
    }
    return readdirSync(examples).filter((name) => existsSync(join(examples, name, 'main.ts'))).sort();
  }

  public directory(...names: string[]): string {
    const directory = join(this.run, ...names);
    mkdirSync(directory, { recursive: true });
    return directory;
  }

  public remove(): void {
    rmSync(this.run, { recursive: true, force: true });
  }
}
