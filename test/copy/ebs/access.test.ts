import * as iam from 'aws-cdk-lib/aws-iam';
import recommendedFlags from 'aws-cdk-lib/recommended-feature-flags.json';
import { CustomerManagedKey, KmsService, SourceKeys } from '../../../src';
import { AccessModel } from '../../../src/access/access-model';
import { readAssembly } from '../../../src/access/reader/read-assembly';
import { newApp, newStack, REGION } from '../../support/key-stack';
import { ebsCopies, THERE } from '../../support/snapshot-copies/ebs-copies';

const SYDNEY = 'ap-southeast-2';
const SOURCE = 'Data/Key';
const DESTINATION = `${THERE}/Key`;
const OTHER = 'Data/Other';
const COPIER = `${THERE}/Data-Copies/Copier/Machine/Role`;
const SELECTOR = 'Data/Copies/Default/Selector/Machine/Role';
const COPY = ['Decrypt', 'GenerateDataKeyWithoutPlaintext', 'ReEncryptFrom', 'ReEncryptTo', 'CreateGrant'];

/** Who uses volumes of the source, what copies, and a key of the source that is not copied. */
function modelOf(flags: Record<string, unknown>): AccessModel {
  const app = newApp(flags);
  const data = newStack(app, 'Data');
  const key = new CustomerManagedKey(data, 'Key', { alias: 'data' });
  new CustomerManagedKey(data, 'Other', { alias: 'other' }).via(KmsService.EBS_COPIES, { regions: [SYDNEY] });
  ebsCopies(data, { sourceKeys: SourceKeys.ofKeys(key) });
  const launcher = new iam.Role(data, 'Launcher', { assumedBy: new iam.AccountRootPrincipal() });
  key.via(KmsService.EBS).grantDecrypt(launcher);
  new iam.Role(data, 'Bystander', { assumedBy: new iam.AccountRootPrincipal() });
  return new AccessModel(readAssembly(app.synth().directory));
}

describe.each([['weak', recommendedFlags], ['strong', {}]])('by %s references', (_references, flags) => {
  let model: AccessModel;
  beforeAll(() => {
    jest.spyOn(console, 'warn').mockImplementation();
    jest.spyOn(console, 'error').mockImplementation();
    model = modelOf(flags);
  });

  const ask = (principal: string, key: string, action: string) => model.decide({ principal, key, action: `kms:${action}` });

  test.each([SOURCE, DESTINATION].flatMap((key) => COPY.map((action) => [key, action])))('the role that copies does it through Amazon EC2 of both Regions: %s, %s', (key, action) => {
    const { verdict, conditions } = ask(COPIER, key, action);

    expect(verdict).toBe('conditional');
    expect(JSON.stringify(conditions)).toContain(JSON.stringify([`ec2.${SYDNEY}.amazonaws.com`, `ec2.${REGION}.amazonaws.com`]));
  });

  test('it decrypts nothing under another key of the source', () => {
    expect(ask(COPIER, OTHER, 'Decrypt').verdict).toBe('denied');
  });

  test.each(['Data/Launcher', 'Data/Bystander', SELECTOR].flatMap((who) => COPY.map((action) => [who, action])))('%s, who has nothing to do there, is denied %s of what is copied', (who, action) => {
    expect(ask(who, DESTINATION, action).verdict).toBe('denied');
  });

  test('what selects snapshots decrypts none', () => {
    expect(ask(SELECTOR, SOURCE, 'Decrypt').verdict).toBe('denied');
  });
});
