import { readFileSync } from 'fs';
import { join } from 'path';
import { withServiceTable } from './readme';

const readme = readFileSync(join(__dirname, '../../README.md'), 'utf-8');

test('the README has the table of services as the catalogue has it (npx projen docs:services writes it)', () => {
  expect(readme).toEqual(withServiceTable(readme));
});

test.each(['npm ci && npm run demo', 'npm ci && npm test', 'npm run synth', 'npm run test:deploy', 'npm run access -- matrix cdk.out/data-platform', 'npx cdk-kms-access matrix cdk.out'])('the README says %s', (command) => {
  expect(readme).toContain(command);
});
