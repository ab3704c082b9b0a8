import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { command } from './command';

const REQUIREMENTS = join(__dirname, 'requirements.txt');

/** A Python 3 virtual environment with the pinned endpoints, made once and used again while the pins stay the same. */
export class PythonEnvironment {
  public readonly python: string;

  constructor(private readonly directory: string) {
    this.python = join(directory, 'bin', 'python');
  }

  /** Runs with the caller's environment: pip must find the caller's package index. */
  public async prepare(): Promise<'made' | 'reused'> {
    const pins = readFileSync(REQUIREMENTS, 'utf8');
    const stamp = join(this.directory, 'requirements.txt');
    if (existsSync(this.python) && existsSync(stamp) && readFileSync(stamp, 'utf8') === pins) {
      return 'reused';
    }
    await this.require('python3', ['--version'], 'The deploy tests need Python 3, and `python3` does not run: install it and put it on the PATH.');
    await this.require('python3', ['-c', 'import venv, ensurepip'],
      'The deploy tests need Python\'s venv and pip modules: install them (Debian and Ubuntu: apt-get install python3-venv).');
    rmSync(this.directory, { recursive: true, force: true });
    await this.run('python3', ['-m', 'venv', this.directory], 'Making a Python virtual environment');
    await this.run(this.python, ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '-r', REQUIREMENTS], `pip install ${pins.trim().split('\n').join(' ')}`);
    writeFileSync(stamp, pins);
    return 'made';
  }

  private async require(file: string, args: string[], otherwise: string): Promise<void> {
    await this.run(file, args, file).catch((error: Error) => {
      throw new Error(`${otherwise} (${error.message.split('\n')[0]})`);
    });
  }

  private async run(file: string, args: string[], purpose: string): Promise<void> {
    await command(file, args, { purpose, cwd: __dirname, env: process.env, seconds: 300 });
  }
}
