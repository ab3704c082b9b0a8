"""Keys of another endpoint for moto, whose Amazon RDS copies under keys that it knows only. The tag `key-id` gives a key the id that it has there."""

from moto.kms.models import KmsBackend

plain_create = KmsBackend.create_key


def create_key(self, policy, key_usage, key_spec, description, tags, *args, **kwargs):
    key = plain_create(self, policy, key_usage, key_spec, description, tags, *args, **kwargs)
    for key_id in [tag["TagValue"] for tag in tags or [] if tag["TagKey"] == "key-id"]:
        key.arn = key.arn.replace(key.id, key_id)
        self.keys[key_id] = self.keys.pop(key.id)
        key.id = key_id
    return key


KmsBackend.create_key = create_key
