const REGION = /^[a-z]{2,4}(-[a-z]+)+-\d$/;

/** Whether a text is the name of a Region, known to this version of aws-cdk-lib or not. */
export function isRegionName(text: string): boolean {
  return REGION.test(text);
}
