"""The event log for machines: its signed head, and the proof of one event with the bytes it is about."""

from __future__ import annotations

from django.http import Http404
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from portal.api.doors import ApiDoor, ApiRecord
from portal.domain.event_log import latest_checkpoint, leaf_bytes, log_verifier_keys, proof_of
from portal.models import Event
from portal.permissions import SHOP
from portal.views.doors import LIST


class CheckpointReading(serializers.Serializer):
    size = serializers.IntegerField(help_text="How many entries it covers.")
    root_sha256 = serializers.CharField()
    signed_at = serializers.DateTimeField()
    text = serializers.CharField(
        help_text="The signed note; the same text /log/checkpoint/ gives to anybody."
    )
    keys = serializers.ListField(
        child=serializers.CharField(), help_text="Every public key that ever signed, the one in force last."
    )


class ProofReading(serializers.Serializer):
    leaf_sha256 = serializers.CharField()
    content = serializers.CharField(help_text="The bytes that were hashed, as UTF-8 text.")
    proof = serializers.CharField(
        help_text="Text in the format c2sp.org/tlog-proof, with a checkpoint in it."
    )


class LogCheckpoint(ApiDoor):
    """The latest signed checkpoint of the event log."""

    scope = LIST
    roles = None
    serializer_class = CheckpointReading

    def get(self, request: Request, *args, **kwargs) -> Response:
        checkpoint = latest_checkpoint()
        if checkpoint is None:
            raise Http404("The log has no checkpoint yet.")
        checkpoint.keys = log_verifier_keys()
        return Response(CheckpointReading(checkpoint).data)


class LogProof(ApiRecord):
    """The proof of one event, named by its leaf hash; 409 for the seconds in which it has no place yet."""

    roles = SHOP
    model = Event
    lookup = {"leaf": "leaf_sha256"}
    serializer_class = ProofReading

    def get(self, request: Request, *args, **kwargs) -> Response:
        told = {
            "leaf_sha256": self.record.leaf_sha256,
            "content": leaf_bytes(self.record).decode(),
            "proof": proof_of(self.record),
        }
        return Response(ProofReading(told).data)
