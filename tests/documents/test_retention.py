"""How long proof is kept: the longest rule counts, holds stop everything, disposal takes two people."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.core.files.storage import default_storage
from django.utils import timezone

from documents.domain import disposals, erasing, legal_holds, mailings, notices, retention
from documents.domain.legal_holds import PlacerMayNotLift
from documents.domain.retention import AuthorMayNotSign, Carried, Kept, RetentionUnclear, kept_until
from documents.models import Disposal, LegalHold, RetentionRule
from portal.domain.errors import Incomplete, NotEntitled, NotTheMoment
from portal.domain.files import FileDisposed, read_bytes
from portal.domain.signed_terms import TermsWait
from portal.domain.store_check import check_store
from portal.models import Event, Job, StoredFile
from tests.cast import PASSWORD, reauth
from tests.factories.documents import make_shipment
from tests.factories.notices import make_notice
from tests.factories.retention import make_disposal, make_old_shipment, place_hold, put_rule

pytestmark = pytest.mark.django_db
SHIPPED, LAST = date(2016, 2, 29), date(2019, 5, 1)
LINE = Carried(customer_id=7, order_id=3, part_number="1234-5", shipped_on=SHIPPED, part_last_shipped_on=LAST)


def rule(number="RT-1", years=10, starts="shipment", **facts) -> RetentionRule:
    return RetentionRule(number=number, years=years, starts=starts, **facts)


@pytest.mark.parametrize(
    "rules, until",
    [
        ([rule(years=10)], date(2026, 3, 1)),
        ([rule(years=4)], date(2020, 2, 29)),
        ([rule(years=10), rule("RT-2", 7, "last_shipment")], date(2026, 5, 1)),
        (
            [rule(years=10), rule("RT-2", 40, class_name="critical", part_numbers=["1234-5"])],
            date(2056, 2, 29),
        ),
        ([rule(years=10), rule("RT-2", 40, class_name="critical", part_numbers=["9"])], date(2026, 3, 1)),
        ([rule(years=10), rule("RT-2", 40, customer_id=8)], date(2026, 3, 1)),
        ([rule(years=10), rule("RT-2", 40, customer_id=7)], date(2056, 2, 29)),
        ([rule(years=10), rule("RT-2", 40, customer_id=7, order_id=4)], date(2026, 3, 1)),
        ([rule(years=1, starts="contract_end", contract_ended_on=date(2030, 1, 5))], date(2031, 1, 5)),
        ([rule(years=1, starts="contract_end", contract_ended_on=date(2009, 1, 5))], date(2017, 3, 1)),
        ([rule(years=10), rule("RT-2", 1, "contract_end")], None),
        ([rule(years=10, customer_id=8)], None),
        ([], None),
    ],
)
def test_the_longest_rule_that_covers_it_counts(rules, until):
    assert kept_until(rules, [LINE]).until == until


def test_it_is_over_the_day_after_its_last_and_says_from_which_rule():
    kept = kept_until([rule(years=10, notice_days=30)], [LINE])
    assert kept == Kept(date(2026, 3, 1), "RT-1: 10 years after the day it was shipped, 29 Feb 2016.", 30)
    assert [kept.is_over(each) for each in (date(2026, 3, 1), date(2026, 3, 2))] == [False, True]


def test_a_rule_is_drafted_by_one_and_signed_by_a_manager(cast):
    facts = {"years": 10, "starts": "shipment", "reason": "Clause Q-12."}
    for wrong, refusal in (
        ({"years": 0}, RetentionUnclear),
        ({"class_name": "critical"}, RetentionUnclear),
        ({"class_name": "critical", "part_numbers": ["no such part"]}, RetentionUnclear),
        ({"contract_ended_on": SHIPPED}, RetentionUnclear),
        ({"reason": " "}, Incomplete),
        ({"by": cast.operator}, NotEntitled),
    ):
        with pytest.raises(refusal):
            retention.draft(**{"by": cast.manager, **facts, **wrong})
    drafted = retention.draft(by=cast.manager, **facts)
    with pytest.raises(TermsWait):
        retention.draft(by=cast.manager, **facts)
    with pytest.raises(AuthorMayNotSign):
        retention.sign(by=cast.manager, rule=drafted, token=reauth(cast.manager))
    with pytest.raises(NotEntitled):
        retention.sign(by=cast.quality, rule=drafted, token=reauth(cast.quality))
    retention.drop(by=cast.quality, rule=drafted, reason="Twelve, not ten.")
    first = put_rule(cast, customer=None, years=12)
    second = put_rule(cast, customer=None, years=15)
    first.refresh_from_db()
    assert (first.state, second.state, second.whose) == ("superseded", "in_force", "every customer")


@pytest.fixture
def shipment(cast):
    return make_old_shipment(cast)


def test_a_hold_is_over_one_thing_and_lifted_by_somebody_else(cast, shipment):
    lot = shipment.lines.get().traveler
    for wrong in ({}, {"traveler": lot, "customer": cast.customer}):
        with pytest.raises(Incomplete):
            place_hold(cast, **wrong)
    with pytest.raises(NotEntitled):
        legal_holds.place(by=cast.operator, reason="x", token=reauth(cast.operator), traveler=lot)
    placed = place_hold(cast, traveler=lot)
    assert legal_holds.holds_over([shipment]) == {shipment.pk: [placed]}
    with pytest.raises(PlacerMayNotLift):
        legal_holds.lift(by=cast.quality, hold=placed, reason="Settled.", token=reauth(cast.quality))
    with pytest.raises(Incomplete):
        legal_holds.lift(by=cast.manager, hold=placed, reason="", token=reauth(cast.manager))
    legal_holds.lift(by=cast.manager, hold=placed, reason="Settled.", token=reauth(cast.manager))
    assert legal_holds.holds_over([shipment]) == {}
    with pytest.raises(NotTheMoment):
        legal_holds.lift(by=cast.manager, hold=placed, reason="Again.", token=reauth(cast.manager))


def test_nothing_in_retention_or_under_hold_is_proposed(cast, shipment):
    line = shipment.lines.select_related("order_line__order", "order_line__part_revision__part").get()
    over = (
        {"traveler": line.traveler},
        {"order": line.order_line.order},
        {"part": line.order_line.part_revision.part},
        {"customer": cast.customer},
    )
    for each in over:
        placed = place_hold(cast, **each)
        with pytest.raises(disposals.UnderLegalHold):
            disposals.propose(by=cast.quality, shipment=shipment, reason="Over.")
        legal_holds.lift(by=cast.manager, hold=placed, reason="Settled.", token=reauth(cast.manager))
    with pytest.raises(Incomplete):
        disposals.propose(by=cast.quality, shipment=shipment, reason=" ")
    with pytest.raises(NotEntitled):
        disposals.propose(by=cast.operator, shipment=shipment, reason="Over.")
    longer = put_rule(cast, customer=None, years=30)
    with pytest.raises(disposals.StillKept) as refused:
        disposals.propose(by=cast.quality, shipment=shipment, reason="Over.")
    until = retention.kept_of([shipment])[shipment.pk].until
    assert f"is kept until {until:%-d %b %Y}. {longer.number}: 30 years after" in refused.value.sentence


def test_disposal_takes_two_people_erases_the_bytes_and_keeps_the_record(cast, shipment):
    package = shipment.packages.get()
    proposed = disposals.propose(by=cast.quality, shipment=shipment, reason="Over.")
    with pytest.raises(NotEntitled):
        disposals.approve(by=cast.quality, disposal=proposed, token=reauth(cast.quality))
    with pytest.raises(NotTheMoment):
        disposals.carry_out(by=cast.quality, disposal=proposed, token=reauth(cast.quality))
    approved = disposals.approve(by=cast.manager, disposal=proposed, token=reauth(cast.manager))
    late = place_hold(cast, customer=cast.customer)
    with pytest.raises(disposals.UnderLegalHold):
        disposals.carry_out(by=cast.quality, disposal=approved, token=reauth(cast.quality))
    legal_holds.lift(by=cast.manager, hold=late, reason="Settled.", token=reauth(cast.manager))
    assert read_bytes(package.file)[:5] == b"%PDF-"
    done = disposals.carry_out(by=cast.quality, disposal=approved, token=reauth(cast.quality))
    erasing.erase(number=done.number)
    assert package.file.sha256 in {each["sha256"] for each in done.erased}
    assert not default_storage.exists(package.file.storage_name)
    with pytest.raises(FileDisposed) as refused:
        read_bytes(package.file)
    assert refused.value.sentence == (
        f"{package.file.original_name} was disposed of on {timezone.now():%-d %b %Y} by {cast.quality.printed_name}, "
        f"certificate {done.number}. Its sha256, {package.file.sha256}, and its size are kept."
    )
    assert read_bytes(done.paper)[:5] == b"%PDF-"
    erased = {each["sha256"] for each in done.erased}
    assert [each for each in check_store() if each.path.rpartition("/")[2] in erased] == []
    for kept in done.left:
        assert read_bytes(StoredFile.objects.filter(sha256=kept["sha256"]).first())
    with pytest.raises(NotTheMoment):
        disposals.propose(by=cast.quality, shipment=shipment, reason="Again.")
    with pytest.raises(NotTheMoment):
        disposals.drop(by=cast.quality, disposal=done, reason="Too late.")


def test_proof_somebody_works_with_is_not_disposed_of(cast, shipment):
    with pytest.raises(disposals.ProofInUse, match="has not left yet; its proof is needed"):
        disposals.propose(by=cast.quality, shipment=make_shipment(cast, at="released"), reason="Over.")
    proposed = disposals.propose(by=cast.quality, shipment=shipment, reason="Over.")
    notice = make_notice(cast, shipment=shipment)
    with pytest.raises(
        disposals.ProofInUse, match=f"Notice {notice.number} on shipment {shipment.number} waits"
    ):
        disposals.approve(by=cast.manager, disposal=proposed, token=reauth(cast.manager))
    notices.drop(by=cast.quality, notice=notice, reason="The bath was in range.")
    approved = disposals.approve(by=cast.manager, disposal=proposed, token=reauth(cast.manager))
    with pytest.raises(Incomplete, match=f"Say why disposal {approved.number} is dropped"):
        disposals.drop(by=cast.quality, disposal=approved, reason=" ")
    assert disposals.drop(by=cast.quality, disposal=approved, reason="Kept.").state == Disposal.DROPPED


def test_the_archive_goes_with_the_package(cast, shipment):
    archive = shipment.packages.get().archive
    proposed = disposals.propose(by=cast.quality, shipment=shipment, reason="Over.")
    approved = disposals.approve(by=cast.manager, disposal=proposed, token=reauth(cast.manager))
    done = disposals.carry_out(by=cast.quality, disposal=approved, token=reauth(cast.quality))
    erasing.erase(number=done.number)
    with pytest.raises(FileDisposed):
        read_bytes(archive)


def test_the_customer_has_its_days_and_the_proposer_does_not_approve(cast, shipment):
    put_rule(cast, customer=None, notice_days=30)
    own = disposals.propose(by=cast.manager, shipment=shipment, reason="Over.")
    with pytest.raises(disposals.ProposerMayNotApprove):
        disposals.approve(by=cast.manager, disposal=own, token=reauth(cast.manager))
    disposals.drop(by=cast.quality, disposal=own, reason="Proposed by the only manager.")
    proposed = disposals.propose(by=cast.quality, shipment=shipment, reason="Over.")
    assert list(Disposal.objects.for_viewer(cast.buyer)) == []
    approved = disposals.approve(by=cast.manager, disposal=proposed, token=reauth(cast.manager))
    assert approved.not_before == timezone.localdate() + timedelta(days=30)
    assert list(Disposal.objects.for_viewer(cast.buyer)) == [approved]
    assert list(Disposal.objects.for_viewer(cast.stranger_buyer)) == []
    with pytest.raises(NotTheMoment) as refused:
        disposals.carry_out(by=cast.quality, disposal=approved, token=reauth(cast.quality))
    assert f"has until {approved.not_before:%-d %b %Y}" in refused.value.sentence


def told(cast) -> list[tuple[str, str]]:
    mailings.follow(Event.objects.filter(noun="disposal").order_by("pk"))
    sent = Job.objects.filter(kind="send_mail").order_by("pk").values_list("arguments", flat=True)
    return [(each["to"], each["subject"]) for each in sent]


def test_the_customer_is_mailed_before_it_and_finds_it_on_its_desk_and_in_the_api(client, cast):
    approved = make_disposal(cast, at="approved", notice_days=30)
    shipment = approved.shipment.number
    subject = f"Disposal {approved.number}: the files of shipment {shipment} are to be erased"
    assert told(cast) == [(each.email, subject) for each in (cast.buyer, cast.customer_quality)]
    assert told(cast) == [(each.email, subject) for each in (cast.buyer, cast.customer_quality)]
    day = f"{approved.not_before:%-d %b %Y}"
    client.force_login(cast.buyer)
    assert f"Save what you need before {day}." in client.get("/packages/").content.decode()
    disposals.drop(by=cast.quality, disposal=approved, reason="The customer wants it kept.")
    assert told(cast)[2:] == [
        (each.email, f"Disposal {approved.number}: the files of shipment {shipment} stay")
        for each in (cast.buyer, cast.customer_quality)
    ]
    assert "to be disposed of" not in client.get("/packages/").content.decode()
    assert client.get(f"/disposals/{approved.number}/").status_code == 200
    client.force_login(cast.stranger_buyer)
    assert client.get(f"/disposals/{approved.number}/").status_code == 404


def test_a_disposal_whose_contract_asks_for_no_notice_is_mailed_to_nobody(cast):
    make_disposal(cast, at="disposed")
    assert told(cast) == []


def test_a_customer_is_not_told_whose_record_keeps_a_file(client, cast):
    done = make_disposal(cast, at="disposed")
    Disposal.objects.filter(pk=done.pk).update(
        told_at=timezone.now(),
        left=[{"name": "heat.pdf", "bytes": 7, "sha256": "0" * 64, "why": "package P-000099"}],
    )
    for person, why in (
        (cast.buyer, "needed by another record of the shop"),
        (cast.quality, "needed by package P-000099"),
    ):
        client.force_login(person)
        page = client.get(f"/disposals/{done.number}/").content.decode()
        assert (why in page, "heat.pdf" in page) == (True, True)


def test_a_file_another_shipment_stands_on_is_left(cast, shipment):
    other = make_shipment(cast, at="dispatched")
    package, stays = shipment.packages.get(), other.packages.get()
    package.file, _ = stays.file, package.file
    package.save()
    proposed = disposals.propose(by=cast.quality, shipment=shipment, reason="Over.")
    approved = disposals.approve(by=cast.manager, disposal=proposed, token=reauth(cast.manager))
    done = disposals.carry_out(by=cast.quality, disposal=approved, token=reauth(cast.quality))
    assert {each["sha256"]: each["why"] for each in done.left}[stays.file.sha256] == f"package {stays.number}"


def test_the_pages_lead_from_what_comes_due_to_the_certificate(client, cast, shipment):
    client.force_login(cast.quality)
    page = client.get("/retention/").content.decode()
    assert f"/shipments/{shipment.number}/dispose/" in page
    [rule] = RetentionRule.objects.all()
    assert f"{rule.number}: 1 year after the day it was shipped" in page
    held = {"over": "customer", "number": cast.customer.number, "reason": "Claim 77."}
    assert client.post("/legal-holds/place/", {**held, "password": PASSWORD}).status_code == 302
    hold = LegalHold.objects.get()
    page = client.get("/retention/").content.decode()
    assert (hold.number in page, f"/shipments/{shipment.number}/dispose/" in page) == (True, False)
    refused = client.post(f"/shipments/{shipment.number}/dispose/", {"reason": "Over."})
    said = f"over everything of {cast.customer.name}. Nothing is disposed of before it is lifted."
    assert (refused.status_code, said in refused.content.decode()) == (422, True)
    client.force_login(cast.manager)
    lifted = client.post(f"/legal-holds/{hold.number}/lift/", {"reason": "Settled.", "password": PASSWORD})
    assert lifted.status_code == 302
    client.force_login(cast.quality)
    client.post(f"/shipments/{shipment.number}/dispose/", {"reason": "Over."})
    made = Disposal.objects.get()
    client.force_login(cast.manager)
    client.post(f"/disposals/{made.number}/approve/", {"password": PASSWORD})
    client.post(f"/disposals/{made.number}/carry-out/", {"password": PASSWORD})
    made.refresh_from_db()
    assert made.state == Disposal.DONE
    assert made.erased[0]["sha256"] in client.get(f"/disposals/{made.number}/").content.decode()
    paper = client.get(f"/disposals/{made.number}/certificate/")
    assert b"".join(paper)[:5] == b"%PDF-"
    wrong = client.post("/legal-holds/place/", {**held, "number": "C-none", "password": PASSWORD})
    assert "Nothing here has the number C-none. Correct it." in wrong.content.decode()


def test_a_rule_is_drafted_and_signed_on_its_pages(client, cast):
    client.force_login(cast.quality)
    facts = {"years": 10, "starts": "last_shipment", "notice_days": 30, "reason": "Clause Q-12."}
    client.post("/retention-rules/draft/", facts)
    rule = RetentionRule.objects.get()
    client.force_login(cast.manager)
    assert client.post(f"/retention-rules/{rule.number}/sign/", {"password": PASSWORD}).status_code == 302
    page = client.get(f"/retention-rules/{rule.number}/").content.decode()
    assert ("30 days before disposal" in page, "In force" in page) == (True, True)
    assert rule.number in client.get("/retention-rules/").content.decode()
