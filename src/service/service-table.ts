import { constantOf } from './constant-of';
import { ExecutionRoleFacts } from './execution-role-facts';
import { FactConfidence } from './fact-confidence';
import { KmsService } from './kms-service';
import { KmsServiceFacts, OnKeyChange } from './kms-service-facts';
import { ServiceLinkedRoleFacts } from './service-linked-role-facts';
import { ServicePrincipalFacts } from './service-principal-facts';

const UNCONFIRMED = '†';
const KEY_CHANGE: Record<OnKeyChange, string> = {
  [OnKeyChange.NO_INTERRUPTION]: 'in place',
  [OnKeyChange.REPLACEMENT]: 'replaced',
  [OnKeyChange.UPDATE_FAILS]: 'update fails',
};

/** The catalogue as a Markdown table, with what no page of AWS confirms below it. */
export function serviceTable(): string {
  const services = KmsService.all();
  const header = [
    'Service', 'Handed over with', 'Callers, through `kms:ViaService`', 'Grants', 'Called by the service itself', 'At deployment', 'Change of key',
  ];
  return [
    row(header),
    row(header.map(() => '---')),
    ...services.map((service) => row(cells(service))),
    '',
    `${UNCONFIRMED} No page of AWS confirms it; the statements take the safe side:`,
    '',
    ...services.flatMap(({ facts }) => (facts.unconfirmed ?? []).map((sentence) => `- ${facts.name}: ${sentence}`)),
    '',
  ].join('\n');
}

function cells(service: KmsService): string[] {
  const { facts } = service;
  return [
    facts.unconfirmed ? `${facts.name} ${UNCONFIRMED}` : facts.name,
    `\`${constantOf(service)}\``,
    facts.useActions ? `${actions(facts.useActions)} through ${(facts.viaServices ?? []).map((prefix) => `\`${prefix}\``).join(', ')}` : '–',
    facts.createsGrants ? 'yes' : '–',
    lines([
      ...(facts.servicePrincipals ?? []).map(servicePrincipal),
      ...(facts.serviceLinkedRoles ?? []).map(serviceLinkedRole),
      ...(facts.executionRoles ?? []).map(executionRole),
      ...senders(facts),
    ]),
    `${actions([...facts.deployActions ?? [], ...(facts.identityOnlyActions ?? []).map((action) => `${action} (IAM only)`)])}${
      (facts.deployViaServices ?? []).map((prefix) => `, also through \`${prefix}\``).join('')}`,
    lines((facts.resources ?? []).map(({ type, property, onKeyChange }) => `\`${type}\` ${property.split('.').pop()}: ${KEY_CHANGE[onKeyChange]}`)),
  ];
}

function servicePrincipal(facts: ServicePrincipalFacts): string {
  return `\`${facts.servicePrincipal}\`${mark(facts)}: ${called(facts)}`;
}

/** What a service principal calls, with what it calls only to write. */
function called({ actions: always, describesKey, writeActions, grantOperations }: ServicePrincipalFacts): string {
  return [
    actions(describesKey ? [...always, 'kms:DescribeKey'].sort() : always),
    ...writeActions ? [`to write ${actions(writeActions)}`] : [],
    ...grantOperations ? [`grants of ${grantOperations.join(', ')}`] : [],
  ].join('; ');
}

function executionRole({ assumedBy, actions: always, contextKey }: ExecutionRoleFacts): string {
  return `roles that \`${assumedBy}\` assumes, under \`${contextKey}\`: ${actions(always)}`;
}

function serviceLinkedRole(facts: ServiceLinkedRoleFacts): string {
  return `\`${facts.roleName}\`: ${actions(facts.actions)}${facts.createsGrants ? ', grants' : ''}`;
}

/** Those that are wired and call the same actions share a line. */
function senders(facts: KmsServiceFacts): string[] {
  const byActions = new Map<string, string[]>();
  for (const sender of facts.senders ?? []) {
    const same = called(sender);
    byActions.set(same, [...byActions.get(same) ?? [], `\`${sender.servicePrincipal}\`${mark(sender)}`]);
  }
  return [...byActions].map(([same, names]) => `where wired ${names.sort().join(', ')}: ${same}`);
}

function mark(facts: ServicePrincipalFacts): string {
  return facts.sourceAccount === FactConfidence.UNKNOWN ? ` ${UNCONFIRMED}` : '';
}

function actions(names: readonly string[]): string {
  return names.length > 0 ? names.map((name) => name.replace('kms:', '').replace('*', '\\*')).join(', ') : '–';
}

function lines(entries: string[]): string {
  return entries.length > 0 ? [...new Set(entries)].join('<br>') : '–';
}

function row(values: string[]): string {
  return `| ${values.join(' | ')} |`;
}
