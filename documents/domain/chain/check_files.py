"""FILES: every file the proof stands on is there and is, byte for byte, what was kept."""

from __future__ import annotations

from documents.domain.chain.lot_facts import LotFacts
from documents.domain.chain.slots import NOBODY, REJECTED, Demand, Slot


def check(facts: LotFacts) -> list[Slot]:
    """Return whether every file was found intact when it was hashed again for this shipment.

    Source:  AS9100D 7.5.3 (control of documented information); release rule 55.
    """
    demand = Demand(
        "FILES",
        facts.number,
        "Every file of the proof is present and unchanged.",
        "AS9100D 7.5.3",
        owner=facts.owner,
        waived_by=NOBODY,
    )
    damaged = [each for each in facts.files if each.is_intact is False]
    if damaged:
        return [
            demand.open(
                REJECTED,
                f"The file {damaged[0].name} of {damaged[0].holder} is gone or was changed in the store. "
                "Restore it from the backup.",
            )
        ]
    if facts.shipment is None or any(each.is_intact is None for each in facts.files):
        return [demand.waiting("Every file is hashed again when the lot is judged for a shipment.")]
    return [demand.accepted(f"{len(facts.files)} files hashed again, all unchanged")]
