import { join } from 'node:path';
import { buildCopies } from './copies-app';
import { CopyEndpoints } from './copy-endpoints';
import { DatabaseCopies } from './database-copies';
import { DatabaseSnapshots } from './database-snapshots';
import { DeployedCopy } from './deployed-copy';
import { VolumeCopies } from './volume-copies';
import { VolumeFaults } from './volume-faults';
import { VolumeSnapshots } from './volume-snapshots';
import { type Checks } from '../checks';
import { DeployedRegions } from '../deployed-regions';
import { MiniStack } from '../mini-stack';
import { Moto } from '../moto';
import { type Workspace } from '../workspace';

/** State machines wait for minutes, which pass a hundred times as fast. */
const WAIT_SCALE = '0.01';

/**
 * Snapshots that are copied by the deployed state machines: MiniStack runs these, between events, queues and tables of two Regions, and moto has the snapshots,
 * with the keys of their copies. Events of Amazon EC2 and Amazon RDS are told of in their place, and errors that moto never gives are those of a stub.
 */
export class SnapshotCopiesRun {
  public static async of(name: string, workspace: Workspace, checks: Checks, python: string): Promise<void> {
    const moto = await Moto.start(python, workspace.directory(name, 'moto', 'home'));
    try {
      const faults = join(workspace.directory(name), 'faults.json');
      const env = { MOTO_URL: `http://127.0.0.1:${moto.port}`, FAULTS: faults, SFN_WAIT_SCALE: WAIT_SCALE };
      const miniStack = await MiniStack.start(python, workspace.directory(name, 'home'), join(workspace.root, 'node_modules'), env);
      try {
        const { app } = await DeployedRegions.of({ name, workspace, checks, port: miniStack.port, build: buildCopies });
        const endpoints = await CopyEndpoints.of(app, moto.port, faults);
        await checks.timed('copies of volumes', () => ofVolumes(checks, new DeployedCopy(app, 'Volumes'), endpoints));
        await checks.timed('copies of databases', () => ofDatabases(checks, new DeployedCopy(app, 'Databases'), endpoints));
      } finally {
        miniStack.stop();
      }
    } finally {
      moto.stop();
    }
  }
}

async function ofVolumes(checks: Checks, copy: DeployedCopy, endpoints: CopyEndpoints): Promise<void> {
  const snapshots = await VolumeSnapshots.of(endpoints, copy);
  await new VolumeCopies(checks, copy, snapshots, endpoints.keys.there).run();
  await new VolumeFaults(checks, copy, snapshots, endpoints).run();
}

async function ofDatabases(checks: Checks, copy: DeployedCopy, endpoints: CopyEndpoints): Promise<void> {
  await new DatabaseCopies(checks, copy, await DatabaseSnapshots.of(endpoints, copy), endpoints).run();
}
