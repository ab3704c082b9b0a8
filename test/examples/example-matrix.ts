import { join } from 'node:path';
import { AccessModel } from '../../src/access/access-model';
import { executionRoles } from '../../src/access/execution-roles';
import { readAssembly } from '../../src/access/reader/read-assembly';
import { accessMatrix } from '../../src/report/access-matrix';
import { matrixTable } from '../../src/report/matrix-table';
import { type Example, exampleApp } from '../support/example-app';

/** Who can do what with the keys of an example. */
export function exampleMatrix(example: Example): string {
  const templates = readAssembly(exampleApp(example).synth().directory);
  return `${matrixTable(accessMatrix(new AccessModel(templates, { identities: executionRoles(templates) })))}\n`;
}

/** The file with the matrix as it was read, line by line, against what each may do. */
export function reviewedMatrix(example: Example): string {
  return join(__dirname, `${example}-matrix.txt`);
}
