import { AppSize, benchApp, range, stackOfKey, stackOfRole } from './bench-app';
import { Figure, printFigures } from './figure';
import { AccessModel, AccessRequest } from '../../src/access/access-model';
import { Verdict } from '../../src/access/decision/decision';

const APP: AppSize = { keys: 8, roles: 30, stacks: 12 };
const REQUESTS = 1_000_000;
/** Parsing and deciding take turns, so that both meet the same load of the machine. */
const LINES_AT_ONCE = 10_000;
const ACTIONS = ['Decrypt', 'Decrypt', 'Decrypt', 'GenerateDataKey', 'Encrypt', 'DescribeKey', 'CreateGrant'];
const SERVICES = ['s3', 's3', 's3', 'sqs', 'secretsmanager', 'ec2'];

/** Questions as a pipeline asks them: of all principals about all keys, half of them with all that CloudTrail says of a call. */
function requestLine(i: number): string {
  const role = (i * 7) % APP.roles;
  const key = (i * 5 + Math.floor(i / 31)) % APP.keys;
  const principal = i % 11 === 0 ? 'sns.amazonaws.com' : i % 13 === 0 ? 'arn:aws:iam::111122223333:role/named-1' : `${stackOfRole(role, APP)}/Role${role}`;
  const action = `kms:${ACTIONS[i % ACTIONS.length]}`;
  const service = SERVICES[Math.floor(i / 3) % SERVICES.length];
  const call: AccessRequest = {
    principal,
    key: i % 3 === 0 ? `alias/data/${key}` : `Keys${stackOfKey(key)}/Key${key}`,
    action,
    context: {
      'kms:ViaService': `${service}.eu-west-1.amazonaws.com`,
      ...service === 's3' ? { 'kms:EncryptionContext:aws:s3:arn': `arn:aws:s3:::data-${i % 6}/2026/11/object-${i}.parquet` } : {},
      'aws:SourceIp': `203.0.113.${i % 250}`,
    },
    complete: true,
  };
  const { context, complete, ...bare } = call;
  return JSON.stringify([call, bare, { ...bare, complete }, call, { ...bare, context }, call][Math.floor(i / 7) % 6]);
}

function accessDecisions(): Figure[] {
  const model = new AccessModel(benchApp(APP));
  const verdicts: Record<Verdict, number> = { allowed: 0, denied: 0, conditional: 0, unknown: 0 };
  let [parsing, deciding] = [0, 0];
  for (let from = 0; from < REQUESTS; from += LINES_AT_ONCE) {
    const lines = range(LINES_AT_ONCE).map((i) => requestLine(from + i));
    const began = performance.now();
    const requests = lines.map((line) => JSON.parse(line) as AccessRequest);
    const parsed = performance.now();
    requests.forEach((request) => verdicts[model.decide(request).verdict]++);
    const decided = performance.now();
    parsing += parsed - began;
    deciding += decided - parsed;
  }
  process.stdout.write(`${REQUESTS} decisions: ${Object.entries(verdicts).map(([verdict, count]) => `${count} ${verdict}`).join(', ')}\n`);
  return [
    { what: 'JSON.parse of a request, µs', value: parsing * 1000 / REQUESTS },
    { what: 'a decision, µs', value: deciding * 1000 / REQUESTS },
    { what: 'decisions to JSON.parse', value: deciding / parsing, atMost: 3 },
    ...Object.entries(verdicts).map(([verdict, count]) => ({ what: `of which ${verdict}, %`, value: 100 * count / REQUESTS, atLeast: 1 })),
  ];
}

printFigures(accessDecisions());
