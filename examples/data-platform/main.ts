import { App } from 'aws-cdk-lib';
import { dataPlatform } from './data-platform';

const app = new App();
dataPlatform(app);
app.synth();
