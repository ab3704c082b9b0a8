/** Of a copy: the ARN of its snapshot. What carries it is never copied again. */
export const COPY_OF = 'cdk-kms-patterns:copy-of';
/** Of a copy: the construct that made it. Copies of others are never touched. */
export const COPIED_BY = 'cdk-kms-patterns:copied-by';
