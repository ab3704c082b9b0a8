import { App } from 'aws-cdk-lib';
import { volumeInAnotherRegion } from './volume-in-another-region';

const app = new App();
volumeInAnotherRegion(app);
app.synth();
