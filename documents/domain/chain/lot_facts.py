"""What is known about one lot, as frozen plain data: the only thing a check sees.

Everything a lot inherits from the lots it was split from stands in it already. Names are printed names, days
are days, quantities pieces; no record, no database key.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from documents.domain.chain.amendment_facts import AmendmentFacts as AmendmentFacts
from documents.domain.chain.approval_facts import FirstArticleFacts as FirstArticleFacts
from documents.domain.chain.approval_facts import HeldApprovalFacts as HeldApprovalFacts
from documents.domain.chain.clause_evidence_facts import ClauseEvidenceFacts as ClauseEvidenceFacts
from documents.domain.chain.component_facts import ComponentFacts as ComponentFacts
from documents.domain.chain.custody_facts import HolderFacts as HolderFacts
from documents.domain.chain.demand_facts import ClauseFacts as ClauseFacts
from documents.domain.chain.demand_facts import ElsewhereFacts as ElsewhereFacts
from documents.domain.chain.demand_facts import NoteFacts as NoteFacts
from documents.domain.chain.export_facts import ExportFacts as ExportFacts
from documents.domain.chain.gauge_doubt_facts import GaugeDoubtFacts as GaugeDoubtFacts
from documents.domain.chain.nonconformance_facts import ConcessionFacts as ConcessionFacts
from documents.domain.chain.nonconformance_facts import NonconformanceFacts as NonconformanceFacts
from documents.domain.chain.packing_facts import PackingFacts as PackingFacts
from documents.domain.chain.policy import PolicyFacts as PolicyFacts
from documents.domain.chain.policy import is_in_force
from documents.domain.chain.scope_facts import ScopeFacts as ScopeFacts
from documents.domain.chain.signed_facts import AlteredFacts as AlteredFacts
from documents.domain.chain.trail_facts import EditFacts as EditFacts
from documents.domain.chain.trigger_facts import TriggerFacts as TriggerFacts
from documents.domain.chain.waiver_facts import WaiverFacts as WaiverFacts


class Placed:
    """What belongs to one operation in one pass."""

    sequence: int
    pass_number: int

    @property
    def place(self) -> tuple[int, int]:
        """Operation and pass: how facts of different nouns find each other."""
        return self.sequence, self.pass_number

    @property
    def subject(self) -> str:
        """The same, as a slot names it."""
        return f"{self.sequence}/{self.pass_number}"


@dataclass(frozen=True)
class SpecificationFacts:
    """A specification; `names` are all the numbers by which it is known."""

    number: str = ""
    revision: str = ""
    process: str = ""
    names: tuple[str, ...] = ()


@dataclass(frozen=True)
class StepFacts(Placed):
    """One operation of the latest pass.

    `moved` counts the pieces that left for good at it; `is_entitled` says whether the signer held the
    authority that day; `is_elsewhere` that it was done before the lot was brought in and is not signed here,
    `is_skipped` that an amendment passed it over.
    `signed_at` is when the work was done, `entered_at` when it was signed, `late_reason` why so much later.
    """

    number: str
    sequence: int
    name: str
    kind: str
    pass_number: int = 1
    is_signed: bool = False
    is_elsewhere: bool = False
    is_skipped: bool = False
    signed_at: datetime | None = None
    entered_at: datetime | None = None
    late_reason: str = ""
    signed_on: date | None = None
    signed_by: str = ""
    is_entitled: bool = False
    quantity_in: int | None = None
    quantity_out: int | None = None
    moved: int = 0
    quality_owner: str = ""
    timing_owner: str = ""
    incoming_owner: str = ""
    specification: SpecificationFacts = SpecificationFacts()
    spec_type: str = ""
    spec_class: str = ""
    condition: str = ""
    certificate_type: str = ""
    is_irreversible: bool = False
    changes_surface: bool = False
    has_setup: bool = False

    @property
    def is_done(self) -> bool:
        """Whether the lot has passed it: signed here, done before it was brought in, or skipped by an amendment."""
        return self.is_signed or self.is_elsewhere or self.is_skipped

    @property
    def words(self) -> str:
        return f"operation {self.sequence} {self.name}"

    @property
    def opening(self) -> str:
        """The same words at the start of a sentence."""
        return f"Operation {self.sequence} {self.name}"


@dataclass(frozen=True)
class HoldFacts:
    number: str
    lot: str
    reason: str
    placed_by: str
    placed_on: date


@dataclass(frozen=True)
class DifferenceFacts:
    """One difference from the nearest approved setup; `routine_by` is the policy that asks nothing about it."""

    field: str
    locked: str
    as_run: str
    is_decided: bool = False
    routine_by: str = ""

    @property
    def is_open(self) -> bool:
        return not self.is_decided and not self.routine_by


@dataclass(frozen=True)
class RunFacts(Placed):
    """A setup as it was run; `setup` is the approved one it was held against."""

    sequence: int
    pass_number: int
    fixture: str = ""
    machine: str = ""
    recorded_by: str = ""
    recorded_on: date | None = None
    differences: tuple[DifferenceFacts, ...] = ()
    setup: str = ""


@dataclass(frozen=True)
class CertificateFacts:
    """One certificate as its fields were entered, and how much of it is for this lot.

    `excused` names the keys a customer's rules let pass when it was accepted, with what was expected then.
    Units:   `covered` pieces for this heat or step, `allocated` pieces over everything it covers.
    """

    number: str
    kind: str
    state: str
    covered: int = 0
    allocated: int = 0
    issuer: str = ""
    uploaded_on: date | None = None
    decided_at: datetime | None = None
    decision_reason: str = ""
    stated_number: str = ""
    stated_on: date | None = None
    certificate_type: str = ""
    site: str = ""
    po_number: str = ""
    part_number: str = ""
    part_revision: str = ""
    spec_number: str = ""
    spec_revision: str = ""
    spec_type: str = ""
    spec_class: str = ""
    condition: str = ""
    identifier: str = ""
    quantity: int | None = None
    process_from: date | None = None
    process_to: date | None = None
    signed_name: str = ""
    sha256: str = ""
    excused: tuple[str, ...] = ()


@dataclass(frozen=True)
class MaterialFacts:
    """The heat, batch or date code the lot was made from.

    Units:   `issued` pieces over every lot made from it.
    """

    number: str
    identifier_kind: str
    identifier: str
    specification: SpecificationFacts
    condition: str
    received_pieces: int
    issued: int
    received_on: date
    supplier: str = ""
    certificates: tuple[CertificateFacts, ...] = ()

    @property
    def words(self) -> str:
        return f"{self.identifier_kind.replace('_', ' ')} {self.identifier}"


@dataclass(frozen=True)
class OutsideFacts(Placed):
    """One line of an outside order for one outside step of this lot.

    Units:   `sent`, `returned` and `lost` (scrapped or short) pieces of the whole line; `too_many` of those that
             came beyond what was sent and nobody decided on.
    """

    order: str
    line_number: int
    state: str
    sequence: int
    pass_number: int
    site: str
    vendor: str
    ordered_on: date
    due_on: date
    specification: SpecificationFacts
    spec_type: str = ""
    spec_class: str = ""
    condition: str = ""
    quantity: int = 0
    is_issued: bool = True
    shipped_on: date | None = None
    sent: int = 0
    returned: int = 0
    lost: int = 0
    too_many: int = 0
    too_many_since: date | None = None

    @property
    def words(self) -> str:
        return f"{self.order}/{self.line_number}"


@dataclass(frozen=True)
class ReceiptFacts(Placed):
    """One return of pieces of this lot, home or to the site `counted_at` that verifies in our place.

    `is_entitled` says whether its delegation held on the day of the count.
    """

    order: str
    sequence: int
    pass_number: int
    quantity_returned: int
    received_on: date
    received_by: str = ""
    is_count_right: bool | None = None
    is_identity_right: bool | None = None
    is_undamaged: bool | None = None
    accepted_at: datetime | None = None
    entered_at: datetime | None = None
    delegation: str = ""
    counted_at: str = ""
    is_entitled: bool = True


@dataclass(frozen=True)
class CharacteristicFacts:
    """What the drawing demands of one characteristic, and on which sides of the finish it is planned."""

    balloon: str
    name: str
    side: str
    is_reference: bool = False
    before: tuple[int, ...] = ()
    after: tuple[int, ...] = ()


@dataclass(frozen=True)
class ResultFacts(Placed):
    """The results of one inspecting step, summed up.

    `short` names balloons without enough pieces as "12 (3 of 5)"; `failing` those outside their limits with
    no nonconformance; `contradicted` those whose source claims another verdict; `bad_gauges` gauges without
    a calibration on the day they were used. `last_value` changes with every value that is added or voided.
    """

    sequence: int
    pass_number: int
    planned: int
    complete: int
    short: tuple[str, ...] = ()
    failing: tuple[str, ...] = ()
    contradicted: tuple[str, ...] = ()
    bad_gauges: tuple[str, ...] = ()
    doubts: tuple[GaugeDoubtFacts, ...] = ()
    values: int = 0
    last_value: int = 0
    first_on: date | None = None
    last_on: date | None = None


@dataclass(frozen=True)
class InspectionFacts(Placed):
    """One inspection record that was not voided."""

    number: str
    kind: str
    sequence: int
    pass_number: int
    state: str
    inspector: str
    opened_on: date


@dataclass(frozen=True)
class FileFacts:
    """A kept file the proof stands on. `is_intact` is None until it is hashed again for a shipment."""

    sha256: str
    name: str
    holder: str
    is_intact: bool | None = None


@dataclass(frozen=True)
class ShipmentLineFacts:
    lot: str
    quantity: int
    serials: tuple[str, ...] = ()


@dataclass(frozen=True)
class ConformityFacts:
    """Our certificate of conformity: which fields are blank, what its lines and words say."""

    number: str
    revision: int
    is_intact: bool
    content_sha256: str
    blank: tuple[str, ...] = ()
    lines: tuple[ShipmentLineFacts, ...] = ()
    words: str = ""


@dataclass(frozen=True)
class ShipmentFacts:
    number: str
    author: str
    drafted_on: date
    lines: tuple[ShipmentLineFacts, ...]
    conformity: ConformityFacts | None = None


@dataclass(frozen=True)
class LotFacts:
    """Everything the chain check may know about one lot."""

    number: str
    quantity: int
    customer: str
    order: str
    po_number: str
    due_on: date
    opened_on: date
    part_number: str
    part_name: str
    ordered_revision: str
    part_revision: str
    route: str
    route_state: str
    route_author: str
    route_released_by: str
    fai_regime: str
    # told by the person, not by the name: two people may share one, and one may change theirs
    is_released_by_author: bool = False
    purpose: str = "production"
    order_purpose: str = "production"
    # the first prototype lot before a production lot of this part revision, and what handed it over
    prototype: str = ""
    handoff: str = ""
    quality_owner: str = ""
    is_serialized: bool = False
    serials: tuple[str, ...] = ()
    brought_in_at: int | None = None
    notes: tuple[NoteFacts, ...] = ()
    clauses: tuple[ClauseFacts, ...] = ()
    clause_evidence: tuple[ClauseEvidenceFacts, ...] = ()
    steps: tuple[StepFacts, ...] = ()
    holds: tuple[HoldFacts, ...] = ()
    amendments: tuple[AmendmentFacts, ...] = ()
    runs: tuple[RunFacts, ...] = ()
    material: MaterialFacts | None = None
    components: tuple[ComponentFacts, ...] = ()
    outside: tuple[OutsideFacts, ...] = ()
    held: HolderFacts | None = None
    receipts: tuple[ReceiptFacts, ...] = ()
    scopes: tuple[ScopeFacts, ...] = ()
    process_certificates: tuple[tuple[int, int, CertificateFacts], ...] = ()
    characteristics: tuple[CharacteristicFacts, ...] = ()
    results: tuple[ResultFacts, ...] = ()
    inspections: tuple[InspectionFacts, ...] = ()
    first_articles: tuple[FirstArticleFacts, ...] = ()
    held_approvals: tuple[HeldApprovalFacts, ...] = ()
    triggers: TriggerFacts | None = None
    nonconformances: tuple[NonconformanceFacts, ...] = ()
    elsewhere: tuple[ElsewhereFacts, ...] = ()
    edits: tuple[EditFacts, ...] = ()
    # signed records that read otherwise than they were signed; None until they are read again for a shipment
    altered: tuple[AlteredFacts, ...] | None = None
    packing: tuple[PackingFacts, ...] = ()
    files: tuple[FileFacts, ...] = ()
    export: ExportFacts | None = None
    shipment: ShipmentFacts | None = None
    waivers: tuple[WaiverFacts, ...] = ()
    policy: PolicyFacts | None = None

    def asks_for(self, code: str) -> bool:
        """Say whether a check is in force for the customer of this lot."""
        return is_in_force(self.policy, code)

    @property
    def holder(self) -> str:
        """The site that holds the pieces; empty when they never left the house."""
        return self.held.name if self.held else ""

    @property
    def owner(self) -> str:
        """Who answers for the quality of this lot."""
        return self.quality_owner or "the quality engineer"

    def steps_of(self, *kinds: str) -> list[StepFacts]:
        return [step for step in self.steps if step.kind in kinds]

    def step_at(self, place: tuple[int, int]) -> StepFacts | None:
        return next((step for step in self.steps if step.place == place), None)

    def certificates_of(self, step: StepFacts) -> list[CertificateFacts]:
        """Return the certificates said to cover this lot at one outside step and pass."""
        return [
            certificate
            for sequence, pass_number, certificate in self.process_certificates
            if (sequence, pass_number) == step.place
        ]

    def outside_lines_of(self, step: StepFacts) -> list[OutsideFacts]:
        return [line for line in self.outside if line.place == step.place]

    def elsewhere_for(self, proves: str, sequence: int | None = None) -> ElsewhereFacts | None:
        """Return the scan that answers for one thing done before the lot came in, the best there is.

        A reviewed one counts, then one that waits for review, then the last that was rejected.
        """
        found = [each for each in self.elsewhere if (each.proves, each.sequence) == (proves, sequence)]
        ranks = {"reviewed": 2, "recorded": 1}
        return max(reversed(found), key=lambda each: ranks.get(each.state, 0), default=None)
