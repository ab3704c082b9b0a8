import { readdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import { synthesize } from './synthesize';
import { assumptions } from '../src/report/assumptions';
import { keyReport } from '../src/report/key-report';
import { keyTable, nagTable } from '../src/report/key-table';
import { nagReport } from '../src/report/nag-report';

const PACKS = ['AwsSolutions', 'HIPAA.Security', 'NIST.800.53.R5', 'PCI.DSS.321'];

/** `npm run demo` */
try {
  // Findings are counted below, so they need not end the synthesis.
  const outdir = synthesize('data-platform', { '@aws-cdk/core:failSynthOnValidationErrors': false });
  const nag = nagReport(outdir, PACKS);
  console.log([
    keyTable(keyReport(outdir)),
    nagTable(nag),
    ...assumptions(outdir).map((sentence) => `Assumed: ${sentence}`),
    ['Templates:', ...templates(outdir)].join('\n  '),
  ].join('\n\n'));
  process.exitCode = nag.some(({ findings }) => findings > 0) ? 1 : 0;
} catch (error) {
  console.error((error as Error).message);
  process.exitCode = 1;
}

function templates(outdir: string): string[] {
  return readdirSync(outdir).filter((file) => file.endsWith('.template.json')).sort().map((file) => relative(process.cwd(), join(outdir, file)));
}
