"""Pages of evaluations: what changed is seen, decided with a password, and made into a first article."""

from django.urls import reverse

from inspection.models import FirstArticle, TriggerEvaluation, TriggerPolicy
from tests.cast import PASSWORD
from tests.factories.triggers import make_baseline, make_changed
from tests.flows.pages import squeeze
from tests.inspection.test_evaluations import make_narrow


def test_from_a_changed_lot_to_its_partial_first_article(sign_in, cast):
    lot = make_changed(cast)
    client = sign_in(cast.inspector)
    answer = client.post(reverse("inspection:evaluation-open", args=[lot.number]))
    opened = TriggerEvaluation.objects.get()
    assert (answer.status_code, answer.url) == (302, opened.get_absolute_url())
    shown = squeeze(client.get(opened.get_absolute_url()).content.decode())
    assert "Revision of the fixture" in shown and "What a partial first article would account for" in shown

    client = sign_in(cast.quality)
    decide = reverse("inspection:evaluation-decide", args=[opened.number])
    sent = {"decision": "partial", "justification": "The datum moved.", "password": PASSWORD}
    refused = client.post(decide, sent | {"justification": ""})
    assert refused.status_code == 422
    out = {"out_1": "Not clamped there."}
    assert client.post(decide, sent | out).url == opened.get_absolute_url()
    opened.refresh_from_db()
    taken_out = {row["balloon"]: row["taken_out"] for row in opened.scope}
    assert (opened.decision, taken_out["1"]) == ("partial", "Not clamped there.")

    article = reverse("inspection:evaluation-article", args=[opened.number])
    answer = client.post(article, {"lot": lot.number, "serial": "1", "comments": ""})
    made = FirstArticle.objects.get(evaluation=opened)
    assert (answer.url, made.extent, made.baseline) == (made.get_absolute_url(), "partial", opened.baseline)
    assert made.reason == f"{opened.number}: revision of the fixture of operation 20: B → C"
    assert made.number in client.get(opened.get_absolute_url()).content.decode()

    listed = client.get(reverse("inspection:evaluation-list")).content.decode()
    assert opened.number in listed
    report = reverse("inspection:evaluation-report", args=[lot.number])
    event = {"kind": "natural_event", "what": "Flood.", "subject": "hall"}
    assert client.post(report, event).url == opened.get_absolute_url()
    opened.refresh_from_db()
    assert (opened.state, [row["kind"] for row in opened.changes]) == (
        "open",
        ["fixture_revision", "natural_event"],
    )


def test_policy_is_drafted_signed_and_shown(sign_in, cast):
    client = sign_in(cast.quality)
    sent = {"routine": ["machine"], "lapse_months": "18", "reason": "Cells are alike."}
    answer = client.post(reverse("inspection:trigger-policy-draft"), sent)
    policy = TriggerPolicy.objects.get()
    assert answer.url == policy.get_absolute_url()
    client = sign_in(cast.second_quality)
    client.post(reverse("inspection:trigger-policy-sign", args=[policy.number]), {"password": PASSWORD})
    policy.refresh_from_db()
    assert (policy.state, policy.routine, policy.lapse_months) == ("in_force", ["machine"], 18)
    listed = client.get(reverse("inspection:trigger-policy-list")).content.decode()
    assert "production may rest 18 months" in squeeze(listed)


def test_a_scope_is_widened_on_the_page(sign_in, cast):
    opened = make_narrow(cast, make_baseline(cast))
    client = sign_in(cast.quality)
    decide = reverse("inspection:evaluation-decide", args=[opened.number])
    sent = {
        "decision": "partial",
        "justification": "The probe was dropped.",
        "password": PASSWORD,
        "more": ["2"],
    }
    refused = client.post(decide, sent)
    assert "Say why balloon 2 is measured too; it is signed with the scope." in refused.content.decode()
    assert client.post(decide, sent | {"more_because": "Same probe."}).url == opened.get_absolute_url()
    opened.refresh_from_db()
    assert [(row["balloon"], row["added"]) for row in opened.scope] == [("1", ""), ("2", "Same probe.")]
    assert "added by hand: Same probe." in client.get(opened.get_absolute_url()).content.decode()
