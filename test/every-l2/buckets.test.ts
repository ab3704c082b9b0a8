import { BUCKETS } from './buckets';
import { takesAKey } from './takes-a-key';

takesAKey(BUCKETS);
