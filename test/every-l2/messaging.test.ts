import { QUEUES, TOPICS } from './messaging';
import { takesAKey } from './takes-a-key';

takesAKey([...QUEUES, ...TOPICS]);
