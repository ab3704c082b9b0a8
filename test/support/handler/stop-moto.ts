import { Workspace } from '../../deploy/workspace';

export default function stopMoto(): void {
  globalThis.moto?.stop();
  new Workspace().remove();
}
