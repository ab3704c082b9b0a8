import { FUNCTIONS } from './compute';
import { takesAKey } from './takes-a-key';

takesAKey(FUNCTIONS);
