import { AGENTS, MACHINES } from './analytics';
import { takesAKey } from './takes-a-key';

takesAKey([...MACHINES, ...AGENTS]);
