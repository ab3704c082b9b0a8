import { AwsAction } from './aws-action';
import { carries } from './condition-keys';

/** What a principal of another account can be allowed. */
const CROSS_ACCOUNT = new Set([
  'decrypt', 'derivesharedsecret', 'encrypt', 'generatedatakey', 'generatedatakeypair', 'generatedatakeypairwithoutplaintext',
  'generatedatakeywithoutplaintext', 'generatemac', 'reencryptfrom', 'reencryptto', 'sign', 'verify', 'verifymac',
  'creategrant', 'describekey', 'getkeyrotationstatus', 'getpublickey', 'listgrants', 'retiregrant', 'revokegrant',
]);
/** Actions that are on no key: only an IAM policy can allow them, on every resource. */
const WITHOUT_KEY = new Set([
  'connectcustomkeystore', 'createcustomkeystore', 'createkey', 'deletecustomkeystore', 'describecustomkeystores', 'disconnectcustomkeystore',
  'generaterandom', 'listaliases', 'listkeys', 'listretirablegrants', 'updatecustomkeystore',
]);
/** Actions that need a permission on the alias as well, which only an IAM policy can give. */
const ON_ALIAS = new Set(['createalias', 'deletealias', 'updatealias']);
/** What each usage of a key is for. */
const USAGES: ReadonlyMap<string, readonly string[]> = new Map(Object.entries({
  ENCRYPT_DECRYPT: [
    'decrypt', 'encrypt', 'generatedatakey', 'generatedatakeypair', 'generatedatakeypairwithoutplaintext', 'generatedatakeywithoutplaintext',
    'reencryptfrom', 'reencryptto',
  ],
  SIGN_VERIFY: ['sign', 'verify'],
  GENERATE_VERIFY_MAC: ['generatemac', 'verifymac'],
  KEY_AGREEMENT: ['derivesharedsecret'],
}));

/** An action of AWS KMS, whose case does not matter. */
export class KmsAction extends AwsAction {
  /** In lower case and without `kms:`. */
  public readonly name = this.lowerCase.slice('kms:'.length);

  public get isCrossAccount(): boolean {
    return CROSS_ACCOUNT.has(this.name);
  }

  public get isWithoutKey(): boolean {
    return WITHOUT_KEY.has(this.name);
  }

  /** Whether no key policy can allow it. Who may retire a grant says the grant, or an IAM policy. */
  public get isIdentityOnly(): boolean {
    return this.isWithoutKey || this.name === 'retiregrant';
  }

  public get isOnAlias(): boolean {
    return ON_ALIAS.has(this.name);
  }

  /** The usage that a key must have for the action; nothing where every key will do. */
  public get usage(): string | undefined {
    return [...USAGES].find(([, names]) => names.includes(this.name))?.[0];
  }

  public carries(key: string): boolean {
    return carries(this.name, key);
  }
}
