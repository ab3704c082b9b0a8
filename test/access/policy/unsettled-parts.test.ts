import { ask, World } from '../../support/access-world';
import { allows, aws, DECRYPT, DELEGATED, keyAllows } from '../golden/statements';

const UNKNOWN = { 'Fn::ImportValue': 'Elsewhere' };

test.each<[what: string, World, settles: string]>([
  ['a Resource', { keyPolicy: [DELEGATED], r: [allows('kms:Decrypt', UNKNOWN)] }, 'its Resource <People/Fn::ImportValue Elsewhere>'],
  ['an Action', { keyPolicy: [DELEGATED], r: [allows(UNKNOWN, '*')] }, 'its Action <People/Fn::ImportValue Elsewhere>'],
  ['a Principal', { keyPolicy: [keyAllows(aws(UNKNOWN as unknown as string), 'kms:*')] }, 'its Principal <Keys/Fn::ImportValue Elsewhere>'],
  ['an attachment', {
    keyPolicy: [DELEGATED],
    resources: { P: { Type: 'AWS::IAM::Policy', Properties: { Roles: [{ 'Fn::If': ['Production', 'R', 'Q'] }], PolicyDocument: { Statement: [DECRYPT] } } } },
  }, 'whether it is there'],
])('%s that is known at deployment only is what would settle the verdict', (_, world, settles) => {
  const { verdict, because } = ask(world);
  expect([verdict, because.at(-1)]).toEqual(['unknown', expect.stringMatching(new RegExp(`^not known: .*: ${settles}$`))]);
});
