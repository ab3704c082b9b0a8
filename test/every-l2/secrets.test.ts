import { PARAMETERS, SECRETS } from './secrets';
import { takesAKey } from './takes-a-key';

takesAKey([...SECRETS, ...PARAMETERS]);
