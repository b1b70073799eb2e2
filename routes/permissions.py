"""Who may: the groups of roles this room names, and the refusal for everybody else."""

from __future__ import annotations

from portal.domain.errors import NotEntitled
from portal.models import Person
from portal.permissions import INSPECTORS, QUALITY, SHOP

# orders, parts, specifications, routes, setups: planning is the work of quality engineers and managers
PLANNERS = QUALITY
# gauges and their calibrations
METROLOGISTS = INSPECTORS
# papers that show a clause was met, and who of the customer was present
EVIDENCE_BRINGERS = INSPECTORS
# hold points and source inspections let go by the customer itself
POINT_RELEASERS = (Person.CUSTOMER_QUALITY,)
# material, lots, steps: everybody on the floor
FLOOR = SHOP


def require_role(*, by: Person, roles: tuple[str, ...], act: str) -> None:
    """Refuse unless `by` is at work here in one of `roles`; `act` completes "may not …".

    Raises:  NotEntitled naming the person, the act and whom to ask.
    """
    if by.role in roles and by.is_active:
        return
    if not by.is_active:
        raise NotEntitled(f"{by.printed_name} has left and may not {act}.")
    words = dict(Person.ROLES)
    able = ", ".join(words[role].lower() for role in roles)
    raise NotEntitled(f"{by.printed_name} may not {act}; this takes one of: {able}.")
