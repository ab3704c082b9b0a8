import { App } from 'aws-cdk-lib';
import { delivery } from './delivery';

const app = new App();
delivery(app);
app.synth();
