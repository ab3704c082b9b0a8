import { App } from 'aws-cdk-lib';
import { eventPipeline } from './event-pipeline';

const app = new App();
eventPipeline(app);
app.synth();
