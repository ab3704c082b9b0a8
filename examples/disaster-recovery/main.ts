import { App } from 'aws-cdk-lib';
import { disasterRecovery } from './disaster-recovery';

const app = new App();
disasterRecovery(app);
app.synth();
