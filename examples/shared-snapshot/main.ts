import { App } from 'aws-cdk-lib';
import { sharedSnapshot } from './shared-snapshot';

const app = new App();
sharedSnapshot(app);
app.synth();
