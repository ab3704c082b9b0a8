import { ServicePrincipalFacts } from '../service/service-principal-facts';

/** A service that delivers to, reads or launches what is encrypted, by itself: without its statement, that fails where nobody looks. */
export interface Delivery {
  readonly code: string;
  /** The resource types that are wired, and the properties in which they name what is encrypted. */
  readonly types: string[];
  readonly properties: string[];
  /** The types of what is encrypted; none where the resource itself is, and the property has one of these values or none of those. */
  readonly to?: string[];
  readonly is?: string;
  readonly isNot?: string;
  /** A property with which the resource needs nobody, and its value then. */
  readonly unless?: { readonly property: string; readonly is: string };
  /** Properties of which one must have another value than these for the resource to need anybody. */
  readonly where?: { readonly property: string; readonly isNot: (string | number)[] }[];
  /** Who needs the key: a service principal, or the names of service-linked roles. */
  readonly by: ServicePrincipalFacts | string[];
  /** The property with the ARN of the service-linked role, where it may have a custom suffix. */
  readonly roleArn?: string;
  /** What it does with what is encrypted, what becomes of it, and what lets it in. */
  readonly does: string;
  readonly fate: string;
  readonly write: string;
}
