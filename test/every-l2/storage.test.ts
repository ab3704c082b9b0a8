import { OTHER_STORES, VOLUMES } from './storage';
import { takesAKey } from './takes-a-key';

takesAKey([...VOLUMES, ...OTHER_STORES]);
