import { splitText, Text } from './text';

/** An ARN in parts. */
export interface Arn {
  readonly partition: Text;
  readonly service: Text;
  readonly region: Text;
  readonly account: Text;
  /** What comes after the fifth colon. */
  readonly resource: Text;
}

/** Reads an ARN; nothing where the text is none, or where an unknown part may hide its parts. */
export function parseArn(text: Text): Arn | undefined {
  const parts = splitText(text, ':', 6);
  if (parts?.length !== 6 || parts[0] !== 'arn') {
    return undefined;
  }
  const [, partition, service, region, account, resource] = parts;
  return { partition, service, region, account, resource };
}
