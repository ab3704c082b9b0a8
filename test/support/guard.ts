import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { CfnGuardValidator } from '@cdklabs/cdk-validator-cfnguard';
import { type IPolicyValidationContext } from 'aws-cdk-lib';
import { constructPath, type Template, withStackOutputs } from '../deploy/template';

export interface GuardFinding {
  /** A proactive control of AWS Control Tower, such as CT.KMS.PR.1. */
  readonly control: string;
  /**
   * The construct, as the expectations of deployments name it; the logical id where a template has no construct paths, and the template where
   * the control does not say which resource it is about.
   */
  readonly path: string;
}

/** cfn-guard passes over files of another, without a word. */
const EXTENSION = '.json';
/** Enough for what the rules say about every resource of the templates. */
const LONGEST_OUTPUT = 256 * 1024 * 1024;

/**
 * What the proactive controls of AWS Control Tower find in templates, by name. One call for all of them: it takes seconds. cfn-guard
 * has binaries for Linux and macOS.
 *
 * What another stack puts out is a text, as it is at deployment: the rules know references within a template only.
 *
 * @see https://docs.aws.amazon.com/controltower/latest/controlreference/proactive-controls.html
 */
export async function guardFindings(templates: Readonly<Record<string, Template>>): Promise<GuardFinding[]> {
  const directory = mkdtempSync(join(tmpdir(), 'guard-'));
  try {
    for (const [name, template] of Object.entries(templates)) {
      const resolved = await withStackOutputs(template, async () => 'what another stack puts out');
      writeFileSync(join(directory, `${name}${EXTENSION}`), JSON.stringify(resolved));
    }
    return findings(directory, templates);
  } finally {
    rmSync(directory, { recursive: true });
  }
}

function findings(directory: string, templates: Readonly<Record<string, Template>>): GuardFinding[] {
  const context = { templatePaths: Object.keys(templates).map((name) => join(directory, `${name}${EXTENSION}`)) } as unknown as IPolicyValidationContext;
  const { violations } = new CfnGuardValidator({ maxBuffer: LONGEST_OUTPUT }).validate(context);
  const found = violations.flatMap(({ description, violatingResources }) => violatingResources.map(({ resourceLogicalId, templatePath }) => {
    const control = /\[(CT\.[A-Z0-9.]+)\]/.exec(description)?.[1];
    const template = basename(templatePath, EXTENSION);
    const resource = templates[template]?.Resources[resourceLogicalId];
    if (!control || !(template in templates) || (!resource && resourceLogicalId)) {
      throw new Error(`A finding names no control, or a resource that is not there: ${description}, ${resourceLogicalId} in ${templatePath}`);
    }
    return JSON.stringify({ control, path: resource ? constructPath(resourceLogicalId, resource) : template });
  }));
  // A control finds a resource for each property that is not as it must be.
  return [...new Set(found)].sort().map((finding) => JSON.parse(finding) as GuardFinding);
}
