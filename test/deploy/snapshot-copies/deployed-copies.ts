import { copiesApp, HERE, THERE } from './copies-app';
import { CdkCli } from '../cdk-cli';
import { type Checks } from '../checks';
import { DeployedApp } from '../deployed-app';
import { localEnvironment } from '../local-environment';
import { StackAssembly } from '../stack-assembly';
import { type Workspace } from '../workspace';

/** The app in both Regions of MiniStack. */
export async function deployedCopies(name: string, workspace: Workspace, checks: Checks, port: number): Promise<DeployedApp> {
  const app = new DeployedApp(port);
  const cdk = new CdkCli({ root: workspace.root, env: localEnvironment(workspace.directory(name, 'home'), port), directory: workspace.directory(name, 'cli') });
  const directory = workspace.directory(name, 'app');
  copiesApp(directory);
  for (const region of [HERE, THERE]) {
    await checks.timed(`cdk bootstrap in ${region}`, () => cdk.bootstrap(region));
  }
  for (const stack of StackAssembly.all(directory)) {
    await stack.resolveOutputs((output, region) => app.output(output, region));
    await checks.timed(`cdk deploy ${stack.id} (${Object.keys(stack.template.Resources).length} resources)`, () => cdk.deploy(directory, stack.id));
    const deployed = await app.add(stack);
    checks.equal(`${stack.name} was deployed with the resolved template`, deployed.template, stack.template);
  }
  return app;
}
