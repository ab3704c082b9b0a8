import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { App } from 'aws-cdk-lib';
import { NAG_CONTEXT } from './nag';
import { autoscalingFleet } from '../../examples/autoscaling-fleet/autoscaling-fleet';
import { dataPlatform } from '../../examples/data-platform/data-platform';
import { delivery } from '../../examples/delivery/delivery';
import { disasterRecovery } from '../../examples/disaster-recovery/disaster-recovery';
import { eventPipeline } from '../../examples/event-pipeline/event-pipeline';
import { sharedSnapshot } from '../../examples/shared-snapshot/shared-snapshot';
import { volumeInAnotherRegion } from '../../examples/volume-in-another-region/volume-in-another-region';

/** What each example builds in its app. */
export const EXAMPLES = {
  'autoscaling-fleet': autoscalingFleet,
  'data-platform': dataPlatform,
  'delivery': delivery,
  'disaster-recovery': disasterRecovery,
  'event-pipeline': eventPipeline,
  'shared-snapshot': sharedSnapshot,
  'volume-in-another-region': volumeInAnotherRegion,
} satisfies Record<string, (app: App) => void>;

/** The context with which disaster-recovery restores its stores. */
export const RESTORE = { restoreFrom: '{"catalogue":"snap-0123456789abcdef0","ledger":"ledger-copy","warehouse":"warehouse-copy"}' };

export type Example = keyof typeof EXAMPLES;

/** An app with the context of an example's `cdk.json`, in which findings can be read. */
export function exampleApp(example: Example, context: Record<string, unknown> = {}): App {
  const app = new App({ context: { ...exampleContext(example), ...NAG_CONTEXT, ...context } });
  EXAMPLES[example](app);
  return app;
}

/** The context of an example's `cdk.json`. */
export function exampleContext(example: Example): Record<string, unknown> {
  const file = resolve(__dirname, '../../examples', example, 'cdk.json');
  return (JSON.parse(readFileSync(file, 'utf8')) as { context: Record<string, unknown> }).context;
}

/** The templates of an app by stack, the hashes of its assets masked. */
export function templatesOf(app: App): Record<string, unknown> {
  const templates = app.synth().stacks.map(({ id, template }) => [id, template]);
  return JSON.parse(JSON.stringify(Object.fromEntries(templates)).replace(/[0-9a-f]{64}/g, 'HASH')) as Record<string, unknown>;
}
