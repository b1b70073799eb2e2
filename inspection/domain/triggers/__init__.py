"""What changed since a first article was taken, and which characteristics that touches: plain data in, plain data out.

`snapshots` says what a lot used, `compare` names what differs, `kinds` classes it, `scope` names the characteristics,
`lapse` counts the months without production. Nothing here reads a record.
"""

from inspection.domain.triggers.compare import Change, compare, differing, reported
from inspection.domain.triggers.kinds import EVALUATE, ROUTINE, Policy
from inspection.domain.triggers.scope import Affected, affected
from inspection.domain.triggers.snapshots import (
    Amended,
    Check,
    Feature,
    Material,
    Note,
    Operation,
    Run,
    Sent,
    Snapshot,
    Used,
)

__all__ = [
    "EVALUATE",
    "ROUTINE",
    "Affected",
    "Amended",
    "Change",
    "Check",
    "Feature",
    "Material",
    "Note",
    "Operation",
    "Policy",
    "Run",
    "Sent",
    "Snapshot",
    "Used",
    "affected",
    "compare",
    "differing",
    "reported",
]
