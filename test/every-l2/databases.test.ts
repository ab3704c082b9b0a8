import { DATABASES, L1_ONLY } from './databases';
import { takesAKey } from './takes-a-key';

takesAKey([...DATABASES, ...L1_ONLY]);
