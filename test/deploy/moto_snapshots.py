"""Snapshots of Amazon EBS for moto, which loses the key of the volume that a snapshot is made of."""

from moto.ec2.models.elastic_block_store import EBSBackend

plain_create = EBSBackend.create_snapshot


def create_snapshot(self, volume_id, *args, **kwargs):
    snapshot = plain_create(self, volume_id, *args, **kwargs)
    snapshot.kms_key_id = snapshot.volume.kms_key_id
    return snapshot


EBSBackend.create_snapshot = create_snapshot
