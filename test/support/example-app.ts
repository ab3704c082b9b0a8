import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { App } from 'aws-cdk-lib';
import { NAG_CONTEXT } from './nag';

/** An app with the context of an example's `cdk.json`, in which findings can be read. */
export function exampleApp(example: string, build: (app: App) => void, context: Record<string, unknown> = {}): App {
  const config = JSON.parse(readFileSync(resolve(__dirname, '../../examples', example, 'cdk.json'), 'utf8')) as { context: Record<string, unknown> };
  const app = new App({ context: { ...config.context, ...NAG_CONTEXT, ...context } });
  build(app);
  return app;
}

/** The templates of an app by stack, the hashes of its assets masked. */
export function templatesOf(app: App): Record<string, unknown> {
  const templates = app.synth().stacks.map(({ id, template }) => [id, template]);
  return JSON.parse(JSON.stringify(Object.fromEntries(templates)).replace(/[0-9a-f]{64}/g, 'HASH')) as Record<string, unknown>;
}
