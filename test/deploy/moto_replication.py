"""Versions and replication of buckets for moto's CloudFormation, which drops what its service keeps."""

from moto.s3.models import FakeBucket, s3_backends
from moto.utilities.utils import get_partition

WORDS = {"Id": "ID", "Rules": "Rule", "TagFilter": "Tag", "TagFilters": "Tag"}


def in_words_of_api(value):
    if isinstance(value, list):
        return [in_words_of_api(item) for item in value]
    return {WORDS.get(name, name): in_words_of_api(item) for name, item in value.items()} if isinstance(value, dict) else value


def keep(bucket, properties, account_id, region_name):
    backend = s3_backends[account_id][get_partition(region_name)]
    if "VersioningConfiguration" in properties:
        backend.put_bucket_versioning(bucket.name, properties["VersioningConfiguration"]["Status"])
    if "ReplicationConfiguration" in properties:
        backend.put_bucket_replication(bucket.name, in_words_of_api(properties["ReplicationConfiguration"]))
    else:
        backend.delete_bucket_replication(bucket.name)
    return bucket


plain_create = FakeBucket.create_from_cloudformation_json.__func__
plain_update = FakeBucket.update_from_cloudformation_json.__func__


def create(cls, resource_name, cloudformation_json, account_id, region_name, **kwargs):
    bucket = plain_create(cls, resource_name, cloudformation_json, account_id, region_name, **kwargs)
    return keep(bucket, cloudformation_json.get("Properties", {}), account_id, region_name)


def update(cls, original_resource, new_resource_name, cloudformation_json, account_id, region_name):
    bucket = plain_update(cls, original_resource, new_resource_name, cloudformation_json, account_id, region_name)
    return keep(bucket or original_resource, cloudformation_json["Properties"], account_id, region_name)


FakeBucket.create_from_cloudformation_json = classmethod(create)
FakeBucket.update_from_cloudformation_json = classmethod(update)
