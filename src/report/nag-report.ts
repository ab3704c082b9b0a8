import { Validations } from 'aws-cdk-lib';
import { readJson, stacksOf } from './assembly';

/** What a pack of cdk-nag found in a synthesized app. */
export interface NagRow {
  readonly pack: string;
  /** Rules that a construct breaks. */
  readonly findings: number;
  /** Rules that a construct is said to break for a reason. */
  readonly acknowledged: number;
}

interface PluginReport {
  readonly pluginName: string;
  readonly metadata?: { readonly error?: string };
  readonly violations: { readonly violatingConstructs: unknown[] }[];
}

/** What the packs found that the app was held against when it was synthesized. */
export function nagReport(directory: string, packs: string[]): NagRow[] {
  const { pluginReports } = readJson<{ pluginReports: PluginReport[] }>(directory, 'validation-report.json');
  const broken = pluginReports.find(({ pluginName, metadata }) => packs.includes(pluginName) && metadata?.error);
  if (broken) {
    throw new Error(broken.metadata!.error);
  }
  const acknowledged = acknowledgedRules(directory);
  return packs.map((pack) => ({
    pack,
    findings: pluginReports
      .filter(({ pluginName }) => pluginName === pack)
      .flatMap(({ violations }) => violations.flatMap(({ violatingConstructs }) => violatingConstructs)).length,
    acknowledged: acknowledged.filter((rule) => rule.startsWith(`${pack}-`)).length,
  }));
}

/** The rules that were acknowledged, once for each construct. */
function acknowledgedRules(directory: string): string[] {
  return stacksOf(directory).flatMap(({ metadata }) => Object.values(metadata).flatMap((entries) => entries
    .filter(({ type }) => type === Validations.ACKNOWLEDGED_RULES_METADATA_KEY)
    .flatMap(({ data }) => Object.keys(data as Record<string, string>))
    // cdk-nag reads them under the name of annotations, which the id has no room for.
    .map((id) => id.replace(/^annotation::/i, ''))));
}
