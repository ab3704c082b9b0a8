import { OTHER_REGION } from './model-statements';
import { via } from './statements';
import { A } from '../../support/access-world';
import { Part, ServiceRow } from '../../support/service-world';

/** What a request says beside who asks for what. */
export type Request = Readonly<Record<string, unknown>>;

/** Nothing: no service is between. */
export const DIRECTLY: Request = {};

/** A service calls for whoever called it. */
export function by(name: string, more: Request = {}): Request {
  return { 'kms:ViaService': name.includes('.') ? `${name}.amazonaws.com` : via(name), ...more };
}

/** A service asks for a grant for its resource, for whoever called it. */
export function grantBy(name: string, more: Request = {}): Request {
  return by(name, { 'kms:GrantIsForAWSResource': 'true', ...more });
}

/** An encryption context. */
export function pair(key: string, value: string): Request {
  return { [`kms:EncryptionContext:${key}`]: value };
}

/** A service calls in its own name, for a resource. */
export function from(sourceArn: string, account = A): Request {
  return { 'aws:SourceArn': sourceArn, 'aws:SourceAccount': account };
}

/** Somebody may through a service, and not directly. */
export function fenced(as: Part, principal: string, action: string, name: string, more: Request = {}): ServiceRow[] {
  return [[as, principal, action, by(name, more), 'allowed'], ['must not', principal, action, more, 'denied']];
}

/** Who must not use a key through a service: those without either half, and those who come from elsewhere. */
export function strangers(name: string, action: string, more: Request = {}): ServiceRow[] {
  return [
    ['must not', 'Nobody', action, by(name, more), 'denied'],
    ['must not', 'Partner', action, by(name, more), 'denied'],
    ['must not', 'Administrator', action, more, 'denied'],
    ['must not', 'Administrator', action, by(name === 'sqs' ? 'sns' : 'sqs', more), 'denied'],
    ['must not', 'Administrator', action, by(`${name}.${OTHER_REGION}`, more), 'denied'],
  ];
}

/** Grants that nobody must make: people for themselves, and services that are not meant. */
export function otherGrants(name: string): ServiceRow[] {
  return [
    ['must not', 'Administrator', 'CreateGrant', DIRECTLY, 'denied'],
    ['must not', 'Administrator', 'CreateGrant', { 'kms:GrantIsForAWSResource': 'false' }, 'denied'],
    ['must not', 'Administrator', 'CreateGrant', by(name), 'denied'],
    ['must not', 'Administrator', 'CreateGrant', grantBy(name === 'fsx' ? 'workspaces' : 'fsx'), 'denied'],
    ['must not', 'Nobody', 'CreateGrant', grantBy(name), 'denied'],
    ['must not', 'Partner', 'CreateGrant', grantBy(name), 'denied'],
  ];
}

/** A service principal that is let in for the resources of the account, and not for those of another. */
export function onlyFrom(name: string, action: string, own: Request, foreign: Request): ServiceRow[] {
  return [
    ['service', name, action, own, 'allowed'],
    ['must not', name, action, foreign, 'denied'],
  ];
}
