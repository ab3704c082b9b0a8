import { CONTAINERS } from './containers';
import { takesAKey } from './takes-a-key';

takesAKey(CONTAINERS);
