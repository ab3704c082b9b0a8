import { STREAMS, TABLES } from './tables';
import { takesAKey } from './takes-a-key';

takesAKey([...TABLES, ...STREAMS]);
