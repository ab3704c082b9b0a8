import { EDGE, LOGS, PIPELINES } from './delivery';
import { takesAKey } from './takes-a-key';

takesAKey([...PIPELINES, ...LOGS, ...EDGE]);
