import { RemovalPolicy } from 'aws-cdk-lib';
import { EbsEncryptionByDefault, EbsEncryptionByDefaultProps } from '../../../src';
import { TwoRegionsKey } from '../../support/two-regions-key';

const DELETED = 'DefaultKeyDeleted: EBS encryption by default stays when it leaves the stack, and its key KeysThere/Key does not, so that launches would fail; '
  + 'retain the key, or leave removalPolicy of EbsEncryptionByDefault out';

function problems(ofReplica: RemovalPolicy | undefined, props: EbsEncryptionByDefaultProps): string[] {
  const keys = new TwoRegionsKey();
  new EbsEncryptionByDefault(keys.there, 'Encryption', { ...props, encryptionKey: keys.replica({ removalPolicy: ofReplica }) });
  return keys.there.node.findAll().flatMap(({ node }) => node.validate());
}

test('fails for a setting that stays, under a replica that does not', () => {
  expect(problems(RemovalPolicy.DESTROY, { removalPolicy: RemovalPolicy.RETAIN })).toEqual([DELETED]);
});

test.each<[string, RemovalPolicy | undefined, EbsEncryptionByDefaultProps]>([
  ['a setting that is restored', RemovalPolicy.DESTROY, {}], ['a replica that stays', undefined, { removalPolicy: RemovalPolicy.RETAIN }],
])('takes a replica with %s', (_what, ofReplica, props) => {
  expect(problems(ofReplica, props)).toEqual([]);
});
