import { App } from 'aws-cdk-lib';
import { autoscalingFleet } from './autoscaling-fleet';

const app = new App();
autoscalingFleet(app);
app.synth();
