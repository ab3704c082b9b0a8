import { Text } from '../text/text';

/** A name that CloudFormation makes: stack and logical id, and 12 or 13 letters and digits; and as it is known before. */
const GENERATED_NAME = /^(.+-)[A-Za-z0-9]{12,13}$/;
const MADE_UP_NAME = /^([^\uE000-\uE005]+-)\uE002[^\uE001]*\uE001$/;

/** What is known before of a name that CloudFormation may have made and somebody has written down since; nothing of a name that people make. */
export function startOfGeneratedName(name: Text): Text | undefined {
  return GENERATED_NAME.exec(name)?.[1];
}

/** What is known of a name that CloudFormation will make. */
export function startOfMadeUpName(name: Text): Text | undefined {
  return MADE_UP_NAME.exec(name)?.[1];
}
