import { EVENTS } from './events';
import { takesAKey } from './takes-a-key';

takesAKey(EVENTS);
