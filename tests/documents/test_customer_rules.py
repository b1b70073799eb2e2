"""What a customer asks of certificates: set by a manager with a reason, kept with its history, judged by."""

import pytest
from django.urls import reverse

from documents.domain import certificates
from documents.domain.chain import check_lots
from documents.domain.customer_rules import OPEN_KEYS, NoSuchKey, rules_for, rules_of, set_rules
from documents.domain.key_rules import DEFAULT_LEVELS
from documents.forms.key_rules import name_of
from portal.domain.errors import Incomplete, NotEntitled
from portal.models import Event
from routes.domain.terms import NotACustomer
from tests.factories.certificates import accept, make_process_certificate
from tests.factories.inspection import make_lot


def rule(cast, **facts):
    wanted = {
        "by": cast.manager,
        "customer": cast.customer,
        "levels": {"part revision": "should"},
        "reason": "Their processors print no revision.",
    }
    return set_rules(**{**wanted, **facts})


@pytest.mark.parametrize(
    ("facts", "refusal", "words"),
    [
        ({"levels": {"signed by": "off"}}, NoSuchKey, "Nobody can set signed by"),
        ({"levels": {"colour": "off"}}, NoSuchKey, "Nobody can set colour"),
        ({"levels": {"part": "perhaps"}}, NoSuchKey, "A key is must, should or off, not perhaps."),
        ({"revision_policy": "latest"}, NoSuchKey, "There is no revision policy latest."),
        ({"languages": ["fr"]}, Incomplete, "at least one language"),
        ({"reason": " "}, Incomplete, "Give the reason for the rules of"),
    ],
)
def test_rules_that_cannot_be_are_refused(cast, facts, refusal, words):
    with pytest.raises(refusal, match=words):
        rule(cast, **facts)
    assert rules_of(cast.customer) is None


def test_a_manager_sets_them_for_customers_only(cast):
    with pytest.raises(NotEntitled):
        rule(cast, by=cast.quality)
    with pytest.raises(NotACustomer):
        rule(cast, customer=cast.vendor_organization)
    rule(cast)
    assert Event.objects.filter(verb="set certificate rules of").count() == 1


def test_the_last_rules_count_and_the_strictest_of_two_customers(cast):
    rule(cast)
    rule(cast, levels={"part revision": "off", "site": "must"})
    assert rules_of(cast.customer).levels == {"part revision": "off"}
    assert cast.customer.certificate_rules.count() == 2
    ours = cast.customer.pk
    assert rules_for([ours]).level_of("part revision") == "off"
    assert rules_for([ours, cast.vendor_organization.pk]).level_of("part revision") == "must"


def test_a_key_that_is_only_should_lets_a_certificate_pass_and_the_chain_agrees(cast):
    lot = make_lot(cast, at=50)
    certificate = make_process_certificate(cast, lot=lot, part_revision="")
    assert [key.key for key in certificates.compare(certificate) if key.stops] == ["part revision"]
    rule(cast)
    decided = accept(cast, certificate)
    assert (decided.state, decided.excused) == ("accepted", ["part revision: A"])
    slots = [slot for slot in check_lots([lot])[lot.number] if slot.code == "PROCESS"]
    assert [slot.state for slot in slots] == ["accepted"]


def answers(**changed) -> dict:
    """Return the form as it is shown at first, with what is changed."""
    shown = {name_of(key): DEFAULT_LEVELS[key] for key in OPEN_KEYS}
    return {"revision_policy": "exact", "languages": ["en"], "reason": "Contract Q-7.", **shown, **changed}


def test_a_manager_sets_them_on_the_customers_page_and_reads_what_was_set(cast, sign_in):
    client = sign_in(cast.manager)
    page = reverse("documents:certificate-rules", args=[cast.customer.number])
    assert page in client.get(cast.customer.get_absolute_url()).content.decode()
    assert client.get(page).context["history"] == []
    refused = client.post(page, answers(languages=[]))
    assert (refused.status_code, refused.context["form"]["reason"].value()) == (422, "Contract Q-7.")
    client.post(page, answers(level_part_revision="off", revision_policy="that_or_later"))
    rules = rules_of(cast.customer)
    assert (rules.levels, rules.revision_policy, rules.languages) == (
        {"part revision": "off"},
        "that_or_later",
        ["en"],
    )
    shown = client.get(page).context
    assert [row.differs for row in shown["history"]] == ["part revision: not asked"]
    assert shown["form"]["level_part_revision"].value() == "off"


def test_only_a_manager_opens_the_page(cast, sign_in):
    page = reverse("documents:certificate-rules", args=[cast.customer.number])
    asked = [sign_in(person).get(page).status_code for person in (cast.quality, cast.buyer, cast.vendor)]
    assert asked == [403, 403, 404]
