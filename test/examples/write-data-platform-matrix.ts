import { writeFileSync } from 'node:fs';
import { dataPlatformMatrix, REVIEWED_MATRIX } from './data-platform-matrix';

writeFileSync(REVIEWED_MATRIX, dataPlatformMatrix());
