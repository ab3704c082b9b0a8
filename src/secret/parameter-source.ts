import * as iam from 'aws-cdk-lib/aws-iam';
import { IConstruct } from 'constructs';
import { ValueSource } from './handler/wanted-parameter';
import { ICustomerManagedKey } from '../key/i-customer-managed-key';

/** The parameter that a value is for. */
export interface ParameterOfValue {
  readonly construct: IConstruct;
  readonly arn: string;
  /** The most bytes that its tier has room for. */
  readonly mostBytes: number;
  /** The key that the parameter is encrypted under, where it was there before the parameter. */
  readonly givenKey?: ICustomerManagedKey;
}

/** Where the value of a parameter comes from. */
export interface ParameterSource {
  /** The key with which the role of the parameter decrypts directly, without a service between. */
  directKey?(parameter: ParameterOfValue): ICustomerManagedKey;
  /** Lets the role get at the value, and says in the template where it comes from. */
  bind(parameter: ParameterOfValue, role: iam.IRole): ValueSource;
}
