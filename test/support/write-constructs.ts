import { resolve } from 'node:path';
import { constructsApp } from './every-construct';

/** For cfn-lint: every construct with its defaults, beside the examples. */
constructsApp({}, { outdir: resolve(__dirname, '../../cdk.out/constructs') }).synth();
