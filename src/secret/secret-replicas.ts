import { Stack, Token, TokenComparison } from 'aws-cdk-lib';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import { ReplicaKey } from './replica-key';
import { SecretArns } from './secret-arns';
import { SecretReplica } from './secret-replica';
import { ICustomerManagedKey } from '../key/i-customer-managed-key';
import { ServiceKey } from '../key/service-key';
import { viaAlsoIn } from '../key/via-also-in';
import { KmsPatternsError } from '../private/kms-patterns-error';
import { isRegionName } from '../private/region-name';
import { referWeakly } from '../private/weak-reference';
import { KmsService } from '../service/kms-service';

/** The replicas of a secret, each under a key of its Region. AWS CloudFormation says nothing of one that fails: everything is asked before. */
export class SecretReplicas {
  /** The keys as writers of the secret get them. */
  public readonly keys: kms.IKey[] = [];
  private readonly replicas: SecretReplica[] = [];
  private readonly secrets = new Map<string, secretsmanager.ISecret>();
  private readonly region: string;

  constructor(private readonly secret: Construct, private readonly arns: SecretArns, replicas: readonly SecretReplica[]) {
    this.region = Stack.of(secret).region;
    replicas.forEach((replica) => this.add(replica));
  }

  /** One more, and its key as writers of the secret get it. */
  public add(replica: SecretReplica): kms.IKey {
    this.assertRegion(replica.region);
    this.assertKey(replica);
    referWeakly(replica.encryptionKey.node.defaultChild);
    const key = this.keyOf(replica);
    this.replicas.push(replica);
    this.keys.push(key);
    return key;
  }

  public get regions(): string[] {
    return this.replicas.map(({ region }) => region);
  }

  /** What `secretsmanager.Secret` takes. */
  public get props(): secretsmanager.ReplicaRegion[] | undefined {
    return this.replicas.length > 0 ? this.replicas.map(({ region, encryptionKey }) => ({ region, encryptionKey })) : undefined;
  }

  /** A replica as readers there get it. */
  public secretIn(region: string, primary: secretsmanager.Secret): secretsmanager.ISecret {
    const index = this.regions.indexOf(region);
    if (index < 0) {
      throw new KmsPatternsError('NoReplica',
        `the secret has replicas in ${this.regions.join(', ') || 'no Region'}, given: ${region}; add it to replicaRegions, with a key there`, this.secret);
    }
    const known = this.secrets.get(region) ?? this.imported(region, this.keys[index], primary);
    this.secrets.set(region, known);
    return known;
  }

  private imported(region: string, key: kms.IKey, { node }: secretsmanager.Secret): secretsmanager.ISecret {
    if (!this.arns.named) {
      referWeakly(node.defaultChild);
    }
    const arn = this.arns.named ? { secretPartialArn: this.arns.partial(region) } : { secretCompleteArn: this.arns.complete(region) };
    return secretsmanager.Secret.fromSecretAttributes(this.secret, `Replica${region}`, {
      ...arn, encryptionKey: new ReplicaKey(this.secret, region, key),
    });
  }

  /** No page says which of the ARNs the encryption context has while a value is copied: both are let in, of this secret only. */
  private keyOf({ region, encryptionKey }: SecretReplica): kms.IKey {
    const key = viaAlsoIn(encryptionKey, KmsService.SECRETS_MANAGER, [this.region]);
    const values = [this.arns.pattern(), this.arns.pattern(region)];
    return key instanceof ServiceKey ? key.pinnedTo({ resource: this.secret, key: 'SecretARN', values }) : key;
  }

  private assertRegion(region: string): void {
    if (Token.isUnresolved(this.region)) {
      throw new KmsPatternsError('SecretRegionUnknown',
        'the keys of replicas let in AWS Secrets Manager of the secret\'s Region, given: a stack whose Region is known at deployment only; '
        + 'give the stack an env with a region', this.secret);
    }
    const problem = Token.isUnresolved(region) ? 'a token'
      : !isRegionName(region) ? `'${region}'`
        : region === this.region ? `${region}, where the secret is`
          : this.regions.includes(region) ? `${region} twice` : undefined;
    if (problem) {
      throw new KmsPatternsError('ReplicaRegionInvalid',
        `replicas are in other Regions than the secret, one in each, known before deployment, given: ${problem}; write a Region such as eu-west-1`, this.secret);
    }
  }

  private assertKey({ region, encryptionKey }: SecretReplica): void {
    assertCustomerManaged(this.secret, encryptionKey, `the replica in ${region}`);
    if (Token.compareStrings(encryptionKey.env.region, region) !== TokenComparison.SAME) {
      const given = Token.isUnresolved(encryptionKey.env.region) ? 'a Region that is known at deployment only' : encryptionKey.env.region;
      throw new KmsPatternsError('ReplicaKeyOfAnotherRegion',
        `a replica is encrypted under a key of its own Region, given: ${encryptionKey.node.path} in ${given}, for the replica in ${region}; `
        + `make a CustomerManagedKey in a stack of ${region}, or import one from there with CustomerManagedKey.fromKeyArn`, this.secret);
    }
  }
}

/** Other languages, and variables of another type, bring along what is no key of ours, such as that of AWS. */
export function assertCustomerManaged(secret: Construct, key: ICustomerManagedKey | undefined, of: string): void {
  if (typeof key?.via !== 'function') {
    throw new KmsPatternsError('KeyNotCustomerManaged',
      `a key of your own encrypts ${of}, given: ${(key as Construct | undefined)?.node?.path ?? 'none'}; write a CustomerManagedKey, or import one with `
      + 'CustomerManagedKey.fromKeyArn', secret);
  }
}
