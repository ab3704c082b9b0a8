import { KmsService } from './kms-service';

/** A service as it is written in an app. One that the catalogue does not list is named by its id. */
export function constantOf(service: KmsService): string {
  const [constant] = Object.entries(KmsService).find(([, value]) => value === service) ?? [];
  return constant ? `KmsService.${constant}` : service.id;
}
