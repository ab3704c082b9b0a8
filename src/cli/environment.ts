import { Environment } from '../access/reader/deployment-in';
import { KmsPatternsError } from '../private/kms-patterns-error';

const ACCOUNT = /^\d{12}$/;
const REGION = /^[a-z]+(-[a-z]+)+-\d+$/;

/** An account and a Region as people give them. */
export function environmentOf({ account, region }: Environment): Environment {
  if (account !== undefined && !ACCOUNT.test(account)) {
    throw new KmsPatternsError('InvalidEnvironment', `an account has 12 digits, given: '${account}'; write 111122223333, for example`);
  }
  if (region !== undefined && !REGION.test(region)) {
    throw new KmsPatternsError('InvalidEnvironment', `this is no AWS Region, given: '${region}'; write eu-west-1, for example`);
  }
  return { ...account === undefined ? {} : { account }, ...region === undefined ? {} : { region } };
}

/** Reads `ACCOUNT/REGION`, `ACCOUNT` or `/REGION`. */
export function readEnvironment(text: string): Environment {
  const [account, region, ...more] = text.split('/');
  if (text === '' || more.length > 0) {
    throw new KmsPatternsError('InvalidEnvironment', `an account and a Region are written with one slash between them, given: '${text}'; write 111122223333/eu-west-1`);
  }
  return environmentOf({ ...account === '' ? {} : { account }, ...region === undefined ? {} : { region } });
}
