import { formatOf, readCommandLine } from './command-line';
import { openModel } from './open-model';
import { CommandStreams } from './streams';
import { accessMatrix } from '../report/access-matrix';
import { matrixTable } from '../report/matrix-table';

export const MATRIX_HELP = `Usage: cdk-kms-access matrix <assembly | template...> [--format text|json]

Prints for each key who can do what with it: the roles and users of the templates, the principals that its key policy names, and others in its
account by IAM outside these templates; with the grants that AWS services make, and who could give itself the use of the key.`;

/** Prints who can do what with which key. */
export async function matrixCommand(words: readonly string[], { output }: CommandStreams): Promise<void> {
  const line = readCommandLine('matrix', words, ['format'], []);
  if (line.help) {
    await output.write(MATRIX_HELP);
  } else {
    const format = formatOf(line);
    const matrix = accessMatrix(openModel(line));
    await output.write(format === 'json' ? JSON.stringify(matrix, undefined, 2) : matrixTable(matrix));
  }
}
