import { CommandLine } from './command-line';
import { readSources } from './sources';
import { AccessModel } from '../access/access-model';
import { executionRoles } from '../access/execution-roles';

/** The model of what a command line names, with the roles that deploy it. */
export function openModel({ sources, account, region }: CommandLine): AccessModel {
  const templates = readSources(sources, { ...account === undefined ? {} : { account }, ...region === undefined ? {} : { region } });
  return new AccessModel(templates, { identities: executionRoles(templates) });
}
