import { forgetCallersAws } from '../../deploy/local-environment';
import { Moto } from '../../deploy/moto';
import { PythonEnvironment } from '../../deploy/python-environment';
import { Workspace } from '../../deploy/workspace';

declare global {
  // eslint-disable-next-line no-var
  var moto: Moto | undefined;
}

/** One moto for all tests of the functions of custom resources: each test has names of its own. */
export default async function startMoto(): Promise<void> {
  const workspace = new Workspace();
  const python = new PythonEnvironment(workspace.venv);
  await python.prepare();
  forgetCallersAws();
  globalThis.moto = await Moto.start(python.python, workspace.directory('handlers', 'home'));
  process.env.MOTO_PORT = `${globalThis.moto.port}`;
}
