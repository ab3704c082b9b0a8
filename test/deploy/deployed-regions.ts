import { App, Validations } from 'aws-cdk-lib';
import { CdkCli } from './cdk-cli';
import { type Checks } from './checks';
import { DeployedApp } from './deployed-app';
import { Deployment } from './deployment';
import { localEnvironment } from './local-environment';
import { type Workspace } from './workspace';
import { SHAPES_ONLY } from '../support/key-stack';

export interface DeployedRegionsProps {
  readonly name: string;
  readonly workspace: Workspace;
  readonly checks: Checks;
  /** Of the endpoint. */
  readonly port: number;
  /** Makes what is in the app. */
  readonly build: (app: App) => void;
}

/** An app in all its Regions of an endpoint. */
export class DeployedRegions {
  public static async of({ name, workspace, checks, port, build }: DeployedRegionsProps): Promise<DeployedRegions> {
    const directory = workspace.directory(name, 'app');
    const context = { '@aws-cdk/core:defaultCrossStackReferences': 'weak', 'aws:cdk:enable-path-metadata': true };
    const definition = new App({ outdir: directory, analyticsReporting: false, context });
    // The validation would take most of the time, and what is deployed here is validated elsewhere.
    Validations.of(definition).addPlugins(SHAPES_ONLY);
    build(definition);
    definition.synth();
    const cdk = new CdkCli({ root: workspace.root, env: localEnvironment(workspace.directory(name, 'home'), port), directory: workspace.directory(name, 'cli') });
    const app = new DeployedApp(port);
    const deployment = new Deployment(directory, app, cdk, checks);
    await deployment.bootstrap();
    await deployment.deploy();
    return new DeployedRegions(app, deployment);
  }

  private constructor(public readonly app: DeployedApp, private readonly deployment: Deployment) {}

  public destroy(): Promise<void> {
    return this.deployment.destroy();
  }
}
