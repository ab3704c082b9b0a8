import { AGENTS, MACHINES } from './analytics';
import { BUCKETS } from './buckets';
import { FUNCTIONS } from './compute';
import { CONTAINERS } from './containers';
import { DATABASES, L1_ONLY } from './databases';
import { EDGE, LOGS, PIPELINES } from './delivery';
import { EVENTS } from './events';
import { QUEUES, TOPICS } from './messaging';
import { NEWEST } from './newest';
import { PARAMETERS, SECRETS } from './secrets';
import { OTHER_STORES, VOLUMES } from './storage';
import { STREAMS, TABLES } from './tables';
import { KeyTaker } from '../support/key-taker';

/** Every L2 that takes a key, and what is done with it. */
export const TAKERS: KeyTaker[] = [
  ...BUCKETS, ...VOLUMES, ...OTHER_STORES, ...QUEUES, ...TOPICS, ...EVENTS, ...SECRETS, ...PARAMETERS, ...FUNCTIONS, ...CONTAINERS,
  ...TABLES, ...STREAMS, ...DATABASES, ...L1_ONLY, ...PIPELINES, ...LOGS, ...EDGE, ...MACHINES, ...AGENTS, ...NEWEST,
];
