import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { App, type Environment, type IPolicyValidationPlugin, Stack, Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks, HIPAASecurityChecks, NIST80053R5Checks, PCIDSS321Checks } from 'cdk-nag';
import { ACCOUNT, REGION } from './key-stack';

/** What an app of `nagFindings` needs: without it, findings throw before they can be read. */
export const NAG_CONTEXT = { '@aws-cdk/core:failSynthOnValidationErrors': false };

export interface NagFinding {
  readonly pack: string;
  readonly rule: string;
  readonly path: string;
}

interface Violation {
  readonly ruleName: string;
  readonly violatingConstructs: { readonly constructPath: string }[];
  readonly acknowledgedAt?: string;
}

interface PluginReport {
  readonly pluginName: string;
  readonly metadata?: { readonly error?: string };
  readonly violations: Violation[];
  readonly suppressedViolations?: Violation[];
}

/** The four packs that everything of ours is held against. */
export function nagPacks(): IPolicyValidationPlugin[] {
  return [new AwsSolutionsChecks(), new HIPAASecurityChecks(), new NIST80053R5Checks(), new PCIDSS321Checks()];
}

/**
 * What the four packs find, and nobody acknowledged at the construct or above it.
 *
 * An app brings its own packs and has `NAG_CONTEXT`; constructs are built in a stack named `Nag` of an app that has them.
 */
export function nagFindings(subject: App | ((stack: Stack) => void)): NagFinding[] {
  const app = subject instanceof App ? subject : nagApp(subject);
  if (app.node.tryGetContext('@aws-cdk/core:failSynthOnValidationErrors') !== false) {
    throw new Error('nagFindings takes an app with its context: new App({ context: NAG_CONTEXT })');
  }
  const added = ((app as unknown as { _validationPlugins: IPolicyValidationPlugin[] })._validationPlugins).map(({ name }) => name);
  const missing = nagPacks().map(({ name }) => name).filter((name) => !added.includes(name));
  if (missing.length > 0) {
    throw new Error(`The app is not held against ${missing.join(', ')}`);
  }
  return findingsOf(app);
}

/** The same of a stack named `Data` in London, with what is made in other Regions beside it: `PATH RULE`. */
export function nagFindingsInLondon(build: (data: Stack) => void): string[] {
  const app = nagApp(build, 'Data', { account: ACCOUNT, region: REGION });
  // The packs report a finding once for each stack of the app.
  return [...new Set(nagFindings(app).map(({ rule, path }) => `${path} ${rule}`))].sort();
}

function nagApp(build: (stack: Stack) => void, id = 'Nag', env?: Environment): App {
  const app = new App({ context: NAG_CONTEXT });
  Validations.of(app).addPlugins(...nagPacks());
  build(new Stack(app, id, { env }));
  return app;
}

function findingsOf(app: App): NagFinding[] {
  const failing = process.exitCode;
  // The report goes to the terminal as well, and makes the process fail.
  const terminal = jest.spyOn(console, 'error').mockImplementation(() => undefined);
  const { directory } = app.synth();
  terminal.mockRestore();
  process.exitCode = failing;
  const { pluginReports } = JSON.parse(readFileSync(join(directory, 'validation-report.json'), 'utf8')) as { pluginReports: PluginReport[] };
  const broken = pluginReports.filter(({ metadata }) => metadata?.error);
  if (broken.length > 0) {
    throw new Error(broken.map(({ metadata }) => metadata!.error).join('\n'));
  }
  const packs = nagPacks().map(({ name }) => name);
  return pluginReports.filter(({ pluginName }) => packs.includes(pluginName)).flatMap(openFindings);
}

function openFindings({ pluginName: pack, violations, suppressedViolations = [] }: PluginReport): NagFinding[] {
  const findings = (violation: Violation) =>
    violation.violatingConstructs.map(({ constructPath: path }) => ({ pack, rule: violation.ruleName, path, at: violation.acknowledgedAt }));
  return [
    ...violations.flatMap(findings),
    // aws-cdk-lib 2.262 lets an acknowledgement of one construct hide the rule everywhere.
    ...suppressedViolations.flatMap(findings).filter(({ path, at }) => at !== '' && path !== at && !path.startsWith(`${at}/`)),
  ].map(({ rule, path }) => ({ pack, rule, path }));
}
