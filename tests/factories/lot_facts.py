"""Hand-made facts of a bracket that went out for anodize and came back right: every link closed.

`good_lot()` is what the board sees, `shipped_lot()` the same lot judged for a shipment. `with_changes` replaces
fields of the first (or a chosen) item of a list of facts, so that a test breaks one link in one line.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

from documents.domain.chain import judge
from documents.domain.chain.lot_facts import (
    CertificateFacts,
    CharacteristicFacts,
    ConformityFacts,
    FileFacts,
    FirstArticleFacts,
    InspectionFacts,
    LotFacts,
    MaterialFacts,
    NoteFacts,
    OutsideFacts,
    ReceiptFacts,
    ResultFacts,
    RunFacts,
    ScopeFacts,
    ShipmentFacts,
    ShipmentLineFacts,
    SpecificationFacts,
    StepFacts,
)

ANODIZE = SpecificationFacts(
    number="MIL-PRF-8625", revision="F", process="anodize", names=("MIL-PRF-8625", "MIL-A-8625")
)
PLATE = SpecificationFacts(number="AMS 4027", revision="N", process="", names=("AMS 4027",))


def day(of_march: int) -> date:
    return date(2026, 3, of_march)


def moment(of_march: int) -> datetime:
    return datetime(2026, 3, of_march, 12, 0, tzinfo=UTC)


def make_step(sequence: int, name: str, kind: str, *, on: int, **facts) -> StepFacts:
    """Make one signed step; `on` is its day of March."""
    signed = {
        "number": f"T-000412-{sequence}-1",
        "is_signed": True,
        "signed_at": moment(on),
        "signed_on": day(on),
        "signed_by": "Sami Okonjo",
        "is_entitled": True,
        "quantity_in": 48,
        "quantity_out": 48,
        "quality_owner": "Maud Ferreira",
        "timing_owner": "Ruben Achterberg",
        "incoming_owner": "Lotte Brandvold" if kind == "outside" else "",
    }
    return StepFacts(sequence=sequence, name=name, kind=kind, **(signed | facts))


def good_certificate(**facts) -> CertificateFacts:
    """Make the accepted certificate of the anodizer."""
    return CertificateFacts(
        **{
            "number": "C-000020",
            "kind": "process",
            "state": "accepted",
            "covered": 48,
            "allocated": 48,
            "issuer": "Brightwater Finishing",
            "uploaded_on": day(13),
            "decided_at": moment(14),
            "stated_number": "BW-20931",
            "stated_on": day(12),
            "certificate_type": "process",
            "site": "Brightwater Finishing, Main works",
            "po_number": "PO-000041",
            "part_number": "30-4471-2",
            "part_revision": "C",
            "spec_number": "MIL-PRF-8625",
            "spec_revision": "F",
            "spec_type": "Type II",
            "spec_class": "Class 1",
            "quantity": 48,
            "process_from": day(10),
            "process_to": day(11),
            "signed_name": "D. Marchetti",
            "sha256": "b" * 64,
        }
        | facts
    )


def good_material(**facts) -> MaterialFacts:
    """Make the heat the lot was cut from, with its accepted certificate."""
    certificate = CertificateFacts(
        number="C-000019",
        kind="material",
        state="accepted",
        covered=100,
        allocated=100,
        stated_number="RM-551190",
        stated_on=day(1),
        certificate_type="3.1",
        spec_number="AMS 4027",
        spec_revision="N",
        condition="6061-T6",
        identifier="7T4418",
        signed_name="H. Ridge",
        decided_at=moment(2),
        sha256="a" * 64,
    )
    return MaterialFacts(
        **{
            "number": "M-000007",
            "identifier_kind": "heat",
            "identifier": "7T4418",
            "specification": PLATE,
            "condition": "6061-T6",
            "received_pieces": 100,
            "issued": 48,
            "received_on": day(2),
            "supplier": "Ridgeway Metals",
            "certificates": (certificate,),
        }
        | facts
    )


def good_steps() -> tuple[StepFacts, ...]:
    """Make the signed steps: material, machine, anodize, final inspection."""
    return (
        make_step(
            10,
            "Issue plate",
            "material",
            on=2,
            specification=PLATE,
            condition="6061-T6",
            certificate_type="3.1",
        ),
        make_step(20, "Mill", "machine", on=4, has_setup=True),
        make_step(30, "Inspect before finish", "inspect", on=5),
        make_step(
            60,
            "Anodize",
            "outside",
            on=13,
            specification=ANODIZE,
            spec_type="Type II",
            spec_class="Class 1",
            changes_surface=True,
            is_irreversible=True,
        ),
        make_step(80, "Final inspection", "inspect", on=15),
    )


def good_lot(**facts) -> LotFacts:
    """Make a lot whose every link is closed but those that wait for a shipment."""
    outside = OutsideFacts(
        order="PO-000041",
        line_number=1,
        state="closed",
        sequence=60,
        pass_number=1,
        site="Brightwater Finishing, Main works",
        vendor="Brightwater Finishing",
        ordered_on=day(6),
        due_on=day(14),
        specification=ANODIZE,
        spec_type="Type II",
        spec_class="Class 1",
        condition="6061-T6",
        quantity=48,
        shipped_on=day(9),
        sent=48,
        returned=48,
    )
    scope = ScopeFacts(
        number="AP-000003",
        site="Brightwater Finishing, Main works",
        process="anodize",
        spec_number="MIL-PRF-8625",
        spec_revision="F",
        spec_type="Type II",
        spec_class="Class 1",
        material="6061",
        customer="",
        valid_from=date(2025, 1, 1),
        valid_until=date(2027, 1, 1),
    )
    receipt = ReceiptFacts("PO-000041", 60, 1, 48, day(12), "Sami Okonjo", True, True, True, moment(13))
    inspected = [
        InspectionFacts(f"I-00000{place}", kind, sequence, 1, "completed", "Lotte Brandvold", day(on))
        for place, kind, sequence, on in ((1, "in_process", 30, 5), (2, "final", 80, 15))
    ]
    return LotFacts(
        **{
            "number": "T-000412",
            "quantity": 48,
            "customer": "Orrin Aerospace",
            "order": "O-000003/1",
            "po_number": "4500918823",
            "due_on": day(27),
            "opened_on": day(1),
            "part_number": "30-4471-2",
            "part_name": "Bracket, sensor mount",
            "ordered_revision": "C",
            "part_revision": "C",
            "route": "R-000004-2",
            "route_state": "released",
            "route_author": "Tomas Wray",
            "route_released_by": "Maud Ferreira",
            "fai_regime": "before_dispatch",
            "quality_owner": "Maud Ferreira",
            "notes": (NoteFacts("4", "Anodize per MIL-PRF-8625", "operation", "operation 60 Anodize"),),
            "steps": good_steps(),
            "runs": (RunFacts(20, 1, "FX-118 rev B", "Haas 3", "Sami Okonjo", day(4)),),
            "material": good_material(),
            "outside": (outside,),
            "receipts": (receipt,),
            "scopes": (scope,),
            "process_certificates": ((60, 1, good_certificate()),),
            "characteristics": (CharacteristicFacts("12", "Bore", "both", before=(30,), after=(80,)),),
            "results": (
                ResultFacts(30, 1, 1, 1, values=48, last_value=48, first_on=day(5), last_on=day(5)),
                ResultFacts(80, 1, 1, 1, values=48, last_value=96, first_on=day(15), last_on=day(15)),
            ),
            "inspections": tuple(inspected),
            "first_articles": (
                FirstArticleFacts(
                    "FA-000031",
                    "customer_approved",
                    "R-000004-2",
                    "T-000300",
                    "Lotte Brandvold",
                    "Tomas Wray",
                    "Maud Ferreira",
                    customer_by="Anton Belisle",
                ),
            ),
            "files": (FileFacts("a" * 64, "mill.pdf", "C-000019"), FileFacts("b" * 64, "bw.pdf", "C-000020")),
        }
        | facts
    )


def shipped_lot(**facts) -> LotFacts:
    """Make the same lot judged for a certified shipment: nothing is open."""
    line = ShipmentLineFacts("T-000412", 48)
    conformity = ConformityFacts("CC-000005", 1, True, "c" * 64, (), (line,), "All parts conform.")
    lot = good_lot()
    files = tuple(replace(each, is_intact=True) for each in lot.files)
    shipment = ShipmentFacts("SH-000005", "Maud Ferreira", day(16), (line,), conformity)
    return replace(lot, files=files, shipment=shipment, **facts)


def with_changes(lot: LotFacts, name: str, at: int = 0, **changes) -> LotFacts:
    """Return the lot with fields of one item of one of its lists replaced."""
    items = list(getattr(lot, name))
    items[at] = replace(items[at], **changes)
    return replace(lot, **{name: tuple(items)})


def with_step(lot: LotFacts, sequence: int, **changes) -> LotFacts:
    """Return the lot with fields of one of its steps replaced."""
    at = next(place for place, step in enumerate(lot.steps) if step.sequence == sequence)
    return with_changes(lot, "steps", at, **changes)


def with_certificate(lot: LotFacts, **changes) -> LotFacts:
    """Return the lot with fields of its process certificate replaced."""
    return replace(lot, process_certificates=((60, 1, good_certificate(**changes)),))


def open_links(lot: LotFacts) -> list[str]:
    """Return the codes of the open links of a lot, each once, in the order of the chain."""
    return list(dict.fromkeys(slot.code for slot in judge(lot) if not slot.is_closed))


def first_open(lot: LotFacts):
    """Return the first open slot of a lot."""
    return next(slot for slot in judge(lot) if not slot.is_closed)
