import { KeyResource } from './key-resource';
import { literalText, Text } from './text/text';

/**
 * The value of `kms:ViaService` for a service, such as `s3`, that calls in the key's Region; a whole value stays as it is.
 *
 * @see https://docs.aws.amazon.com/kms/latest/developerguide/conditions-kms.html#conditions-kms-via-service
 */
export function viaService(service: string, { region }: KeyResource): Text {
  return service.includes('.') ? literalText(service) : `${literalText(service)}.${region}.amazonaws.com`;
}
