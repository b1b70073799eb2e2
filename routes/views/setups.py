"""Setups beyond the draft: one shown, another proposed, approved by a second person, withdrawn."""

from __future__ import annotations

from typing import Any

from django.http import Http404
from django.utils import timezone

from portal.permissions import SHOP
from portal.views.verbs import RecordView
from routes.domain import setup_proposals
from routes.domain.gauges import is_calibrated
from routes.domain.setup_comparison import approved_of
from routes.forms import ReasonForm, ShopForm
from routes.lock_forms import SetupProposalForm
from routes.models import Operation, Setup
from routes.permissions import PLANNERS
from routes.views.pages import ShopVerb, act, acts_for, crumb, history_of, touches

JOINS = (
    "operation__route_revision__route__part__customer",
    "operation__route_revision__part_revision__part",
    "site__organization",
    "author",
    "signature",
)
RUNS_SHOWN = 20
# how a setup's states are shown: a proposal waits for somebody
SHOWN = {Setup.PROPOSED: "requested", Setup.DECLINED: "dropped"}


class SetupDetail(RecordView):
    """Show one setup: what it is, who approved it on what evidence, and where it was run."""

    roles = SHOP
    model = Setup
    template_name = "routes/setup_detail.html"

    def queryset_for(self, person):
        return super().queryset_for(person).select_related(*JOINS)

    def context(self, record):
        person, route, today = self.request.user, record.operation.route_revision, timezone.localdate()
        runs = record.runs.select_related("step__traveler", "recorded_by").prefetch_related("differences")
        return {
            "operation": record.operation,
            "route": route,
            "shown_state": SHOWN.get(record.state, record.state),
            "facts": self.facts(record),
            "content": content_rows(record),
            "gauges": [
                {"gauge": each, "is_good": is_calibrated(each, today)} for each in record.gauges.all()
            ],
            "runs": runs.order_by("-pk")[:RUNS_SHOWN],
            "banner": self.banner(record),
            "acts": acts_for(person, PLANNERS, *self.acts(record)),
            "events": history_of(person, "setup", record.number),
            "crumbs": [
                crumb("Routes", "route-list"),
                {"label": route.number, "url": route.get_absolute_url()},
            ],
        }

    def facts(self, record):
        operation, route = record.operation, record.operation.route_revision
        approved = record.signature.printed_name if record.signature else "the release of its route"
        note = f"{record.signature.signed_at:%-d %b %Y}" if record.signature else ""
        facts = [
            {"label": "Operation", "value": f"{operation.sequence} {operation.name}"},
            {"label": "Route", "value": route.number, "url": route.get_absolute_url()},
            {"label": "Part and revision", "value": str(route.part_revision)},
            {"label": "Drawn up by", "value": record.author.printed_name},
        ]
        if record.state in (Setup.APPROVED, Setup.WITHDRAWN):
            facts.append({"label": "Approved by", "value": approved, "note": note})
        return facts

    def acts(self, record) -> list[dict[str, Any]]:
        number = record.number
        reach = [touches("program", record.nc_raw_sha256)] if record.nc_raw_sha256 else []
        if record.state == Setup.APPROVED:
            return [*reach, act("Withdraw", "setup-withdraw", number=number)]
        if record.state != Setup.PROPOSED:
            return reach
        sign = act("Approve", "setup-sign", is_main=True, number=number)
        if record.author_id == self.request.user.pk:
            sign["closed"] = "You proposed this setup; another quality engineer approves it."
        return [act("Decline", "setup-decline", number=number), sign]

    def banner(self, record) -> dict[str, str] | None:
        if record.state != Setup.PROPOSED:
            return None
        is_mine = record.author_id != self.request.user.pk and self.request.user.role in PLANNERS
        who = "This waits for you" if is_mine else "This waits for a quality engineer who did not propose it"
        return {
            "state": "requested",
            "heading": who,
            "sentence": "Until it is approved, a run with it differs from the setups that are.",
        }


def content_rows(setup: Setup) -> list[dict[str, str]]:
    """Return what a setup says, label by label; a site or machine left open is said so."""
    rows = [
        {"label": "Fixture", "value": f"{setup.fixture} {setup.fixture_revision}".strip()},
        {"label": "Program", "value": setup.nc_program_name or "none"},
        {"label": "Machine", "value": setup.machine or "any"},
        {"label": "Site", "value": setup.site.name if setup.site else "every site of the shop"},
    ]
    rows += [{"label": name, "value": value} for name, value in setup.offsets.items()]
    hashes = (
        ("sha256 of the file", setup.nc_raw_sha256),
        ("sha256 of its cutting words", setup.nc_cutting_sha256),
    )
    return rows + [{"label": label, "value": value} for label, value in hashes if value]


class SetupPropose(ShopVerb):
    """Propose a further setup of a released operation."""

    model = Operation
    lookup = {"number": "route_revision__number", "sequence": "sequence"}
    form_class = SetupProposalForm
    heading = "Propose another setup of operation {record.sequence} {record.name}"
    lead = "The route stays as released. Somebody else approves the setup; then a run that equals it asks nothing."
    submit_label = "Propose the setup"
    done = "Setup {result.number} is proposed; another quality engineer approves it."

    def queryset_for(self, person):
        joins = ("route_revision__part_revision", "route_revision__route__part__customer")
        return super().queryset_for(person).select_related(*joins)

    def get_record(self, person):
        record = super().get_record(person)
        if record.kind != Operation.MACHINE:
            raise Http404("This operation is not set up on a machine.")
        return record

    def cancel_url(self):
        return self.record.route_revision.get_absolute_url()

    def get_crumbs(self):
        route = self.record.route_revision
        return [{"label": route.number, "url": route.get_absolute_url()}]

    def get_initial(self):
        first = next(iter(approved_of(self.record)), None)
        if first is None:
            return {}
        offsets = "\n".join(f"{name} = {value}" for name, value in first.offsets.items())
        same = {field: getattr(first, field) for field in ("fixture", "fixture_revision", "site", "notes")}
        return same | {"offsets": offsets, "gauges": first.gauges.all(), "program_of": first}

    def act(self, record, data, *, by, token=None):
        program = data.pop("nc_program")
        return setup_proposals.propose_setup(
            by=by,
            operation=record,
            nc_program=program.read() if program else None,
            nc_program_name=program.name if program else "",
            **data,
        )


class OfSetup(ShopVerb):
    """An act on one setup; afterwards its page is shown."""

    model = Setup

    def queryset_for(self, person):
        return super().queryset_for(person).select_related(*JOINS)


class SetupSign(OfSetup):
    """Approve a proposed setup."""

    form_class = ShopForm
    heading = "Approve setup {record.words}"
    submit_label = "Sign: approve the setup"
    needs_reauth = True
    meaning = "Approved"
    done = "Setup {result.number} is approved; a run that equals it asks nothing."

    def get_lead(self):
        setup = self.record
        said = "; ".join(f"{row['label'].lower()} {row['value']}" for row in content_rows(setup)[:4])
        return f"{setup.author.printed_name}: {setup.reason} To be approved: {said}."

    def act(self, record, data, *, by, token=None):
        return setup_proposals.approve_proposal(by=by, setup=record, token=token)


class SetupDecline(OfSetup):
    """Decline a proposed setup."""

    form_class = ReasonForm
    heading = "Decline setup {record.words}"
    lead = "Whoever proposed it reads why."
    submit_label = "Decline it"
    is_danger = True
    done = "Setup {result.number} is declined."

    def act(self, record, data, *, by, token=None):
        return setup_proposals.decline_proposal(by=by, setup=record, **data)


class SetupWithdraw(OfSetup):
    """Take a setup out of the approved set."""

    form_class = ReasonForm
    heading = "Withdraw setup {record.words}"
    lead = (
        "From now on a run with it differs from what is approved. What was run before stays as it was judged."
    )
    submit_label = "Withdraw it"
    is_danger = True
    done = "Setup {result.number} is withdrawn."

    def act(self, record, data, *, by, token=None):
        return setup_proposals.withdraw_setup(by=by, setup=record, **data)
