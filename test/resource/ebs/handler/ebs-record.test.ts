import { EbsRecord } from '../../../../src/resource/ebs/handler/ebs-record';

const OWNER = { stack: `arn:aws-us-gov:cloudformation:us-gov-west-1:111122223333:stack/${'x'.repeat(128)}/1234abcd-12ab-34cd-56ef-1234567890ab`, resource: 'Encryption' };
const AWS_MANAGED = 'alias/aws/ebs';
const keyArn = (number: number) => `arn:aws-us-gov:kms:us-gov-west-1:111122223333:key/mrk-1234abcd12ab34cd56ef1234567890a${number}`;
const [FORMER, KEY, OTHER, FOREIGN] = [0, 1, 2, 3].map(keyArn);

const begun = EbsRecord.begun(OWNER, { enabled: false, key: FORMER }, KEY);
const done = begun.done(KEY, 'request');

test('is the same when it is read again', () => {
  const record = done.changing(OTHER);

  expect(EbsRecord.of(`${record}`)).toEqual(record);
});

test.each(['', 'null', '{}', '{"owner":{}}', '[]', 'off'])('fails for %p, which is none', (text) => {
  expect(() => EbsRecord.of(text)).toThrow('the record of what it was before cannot be read; delete the parameter /cdk-kms-patterns/ebs-encryption-by-default');
});

test('is of the resource of a stack, not of the next stack of this name', () => {
  expect(begun.isOf({ ...OWNER })).toBe(true);
  expect(begun.isOf({ ...OWNER, resource: 'Another' })).toBe(false);
  expect(begun.isOf({ ...OWNER, stack: OWNER.stack.replace('1234abcd', '5678abcd') })).toBe(false);
});

describe.each<[string, EbsRecord, string[], string[]]>([
  ['begun', begun, [FORMER, KEY, AWS_MANAGED], [OTHER, FOREIGN]],
  ['done', done, [KEY], [FORMER, OTHER, FOREIGN, AWS_MANAGED]],
  ['changing', done.changing(OTHER), [KEY, OTHER], [FORMER, FOREIGN, AWS_MANAGED]],
  ['changed', done.changing(OTHER).done(OTHER, 'update'), [OTHER], [FORMER, KEY, FOREIGN, AWS_MANAGED]],
  ['changing back', done.changing(OTHER).changing(KEY), [KEY, OTHER], [FORMER, FOREIGN]],
  ['restoring', done.restoring(), [FORMER, KEY, AWS_MANAGED], [OTHER, FOREIGN]],
])('%s', (_state, record, own, others) => {
  test('knows which default key nobody else chose', () => {
    expect([...own, ...others].filter((key) => record.hasKey(key))).toEqual(own);
  });

  test('keeps what was before', () => {
    expect(record.former).toEqual({ enabled: false, key: FORMER });
  });
});

test('tells what somebody else did', () => {
  expect(done.changedByOthers({ enabled: true, key: KEY })).toBeUndefined();
  expect(done.changedByOthers({ enabled: true, key: FOREIGN })).toBe(`the default key was changed to ${FOREIGN} by somebody else`);
  expect(done.changedByOthers({ enabled: false, key: KEY })).toBe('encryption by default was switched off by somebody else');
  expect(begun.changedByOthers({ enabled: false, key: FORMER })).toBeUndefined();
});

test('knows the requests that were done, the last twenty of them', () => {
  const record = [...Array(25).keys()].reduce((last, number) => last.done(KEY, `request-${number}`), begun);

  expect(['request-4', 'request-5', 'request-24', 'request-25'].map((request) => record.did(request))).toEqual([false, true, true, false]);
});

test('has room in a standard parameter at its longest', () => {
  const longest = [...Array(40).keys()].reduce((record, number) => record.done(KEY, `${number}`.padStart(11, 'x')), begun).changing(OTHER).changing(FOREIGN);

  expect(Buffer.byteLength(`${longest}`)).toBeLessThan(4096);
});
