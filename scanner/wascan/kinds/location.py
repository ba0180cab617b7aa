"""Amazon Location Service: where people and things are."""

from __future__ import annotations

from wascan.attribute import Always
from wascan.kinds.families import Encrypts, Taggable, TakesKey
from wascan.kinds.keys import Key
from wascan.kinds.tags import Tags

_ALWAYS = "Amazon Location Service Developer Guide, Data at rest encryption for Amazon Location Service"


class Tracker(Encrypts, TakesKey, Taggable):
    """A tracker of devices."""

    types = ("AWS::Location::Tracker", "aws_location_tracker")
    slug = "location-tracker"
    noun = "location tracker"
    encrypted = Always(True, _ALWAYS)
    key = Key(cfn="$.KmsKeyId", tf="$.kms_key_id")
    tags = Tags(cfn="$.Tags", tf="$.tags")


class GeofenceCollection(Encrypts, TakesKey, Taggable):
    """A collection of geofences."""

    types = ("AWS::Location::GeofenceCollection", "aws_location_geofence_collection")
    slug = "location-geofence-collection"
    noun = "geofence collection"
    encrypted = Always(True, _ALWAYS)
    key = Key(cfn="$.KmsKeyId", tf="$.kms_key_id")
    tags = Tags(cfn="$.Tags", tf="$.tags")
