/** What CloudFormation asks of a custom resource. Its `ResponseURL` lets whoever has it answer: it belongs into no log. */
export interface CustomResourceEvent<P> {
  readonly RequestType: 'Create' | 'Update' | 'Delete';
  readonly RequestId: string;
  readonly ResponseURL: string;
  readonly StackId: string;
  readonly LogicalResourceId: string;
  readonly PhysicalResourceId?: string;
  readonly ResourceProperties: P;
  readonly OldResourceProperties?: P;
}

/** What is needed of the context of a Lambda function. */
export interface InvocationContext {
  getRemainingTimeInMillis(): number;
}
