"""Corrective actions: what is owed first, one action with its answer, and every act on it."""

from __future__ import annotations

from datetime import timedelta

from django.http import Http404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from inspection.domain import corrective_actions
from inspection.finding_forms import ActionForm, AnswerActionForm, FinishForm, RemarkForm, StepForm, WhyForm
from inspection.models import CorrectiveAction, Nonconformance
from inspection.permissions import ACTION_ANSWERERS, ACTION_READERS, DECIDERS
from inspection.views.pages import act, acts_for, crumb
from portal.look import days
from portal.views.doors import LIST
from portal.views.verbs import RecordListView, RecordView
from routes.views.pages import ShopVerb, history_of

JOINS = ("vendor", "owner", "part", "opened_by", "answered_by", "signature", "first_article")
# the record it was opened from → its page
ORIGIN_PAGES = {
    "nonconformance": "inspection:nonconformance-detail",
    "gauge": "routes:gauge-detail",
    "certificate": "documents:certificate-detail",
    "package": "documents:package-detail",
}


def who_owes(action: CorrectiveAction) -> str:
    """Return who has the next move."""
    if action.state in (CorrectiveAction.ANSWERED, CorrectiveAction.IMPLEMENTED):
        return gettext("quality")
    if action.state in CorrectiveAction.ENDED:
        return ""
    if action.vendor:
        return action.vendor.name
    return action.owner.printed_name if action.owner else gettext("the shop")


class CorrectiveActionList(RecordListView):
    """Show the corrective actions a person may see: what is owed first, the overdue on top."""

    roles = ACTION_READERS
    model = CorrectiveAction
    template_name = "portal/list.html"
    page_size = 200

    def queryset_for(self, person):
        return super().queryset_for(person).select_related(*JOINS).prefetch_related("steps").order_by("-id")

    def narrow(self, queryset):
        if self.asked("state") in dict(CorrectiveAction.STATES):
            return queryset.filter(state=self.asked("state"))
        return queryset if self.asked("all") else queryset.running()

    def context(self, rows):
        today, is_shop = timezone.localdate(), self.request.user.is_shop
        for row in rows:
            row.owed_on = corrective_actions.owed_on(row)
            row.is_late = row.owed_on is not None and row.owed_on < today
            row.tone = "bad" if row.is_late else ""
            row.owes, row.summary = who_owes(row), row.problem.splitlines()[0][:140]
            row.asked_of = row.vendor.name if row.vendor else gettext("the shop")
        rows.sort(key=lambda row: (row.owed_on is None, row.owed_on or today, -row.pk))
        opened = act(_("Open a corrective action"), "corrective-action-open", is_main=True)
        everything = {"label": _("Show ended ones too"), "url": f"{self.request.path}?all=1"}
        owed = {"label": _("Show what is owed"), "url": self.request.path}
        late = sum(row.is_late for row in rows)
        said = " " + ngettext("%(n)s is overdue.", "%(n)s are overdue.", late) % {"n": late} if late else ""
        return {
            "heading": _("Corrective actions"),
            "lead": _("What is done so that a finding does not come back: who owes what, until when.") + said,
            "columns": [
                {"key": "number", "label": _("Number"), "kind": "code", "url_key": "get_absolute_url"},
                {"key": "summary", "label": _("Problem"), "note_key": "origin_number"},
                *([{"key": "asked_of", "label": _("Asked of")}] if is_shop else []),
                {"key": "owes", "label": _("Owes"), "empty": _("nobody")},
                {"key": "owed_on", "label": _("Due"), "kind": "due", "empty": _("after its lots")},
                {"key": "state", "label": _("State"), "kind": "state"},
            ],
            "rows": rows,
            "acts": [
                owed if self.asked("all") else everything,
                *acts_for(self.request.user, (DECIDERS, opened)),
            ],
            "empty_heading": _("Nothing is owed"),
            "empty_sentence": "One is opened from a nonconformance, a bad gauge, a rejected certificate or by hand."
            if is_shop
            else _("One appears here when the shop asks you for the cause of a finding."),
        }


class CorrectiveActionDetail(RecordView):
    """Show one corrective action: problem, answer, actions with their days, and whether it helped."""

    roles = ACTION_READERS
    model = CorrectiveAction
    template_name = "inspection/corrective_action_detail.html"

    def queryset_for(self, person):
        return super().queryset_for(person).select_related(*JOINS)

    def context(self, record):
        person, today = self.request.user, timezone.localdate()
        owed = corrective_actions.owed_on(record)
        steps = list(record.steps.select_related("done_by"))
        for place, step in enumerate(steps, start=1):
            step.place = place
            step.is_late = step.done_on is None and step.due_on < today
        return {
            "facts": self._facts(record),
            "steps": steps,
            "owed_on": owed,
            "is_late": owed is not None and owed < today,
            "owes": who_owes(record),
            "may_finish": record.state == CorrectiveAction.ACCEPTED
            and corrective_actions.may_answer(person, record),
            "lots": corrective_actions.lots_since(record),
            "again": corrective_actions.findings_since(record) if person.is_shop else [],
            "nonconformances": record.nonconformances.order_by("pk"),
            "acts": self._acts(record),
            "events": history_of(person, "corrective action", record.number),
            "crumbs": [crumb(_("Corrective actions"), "corrective-action-list")],
        }

    def _facts(self, record: CorrectiveAction) -> list[dict]:
        facts = [
            {"label": _("State"), "state": record.state},
            {"label": _("Asked of"), "value": record.vendor.name if record.vendor else _("the shop")},
            {"label": _("Opened from"), "value": gettext(record.get_origin_noun_display())},
            {"label": _("Answer due"), "value": days.say(record.due_on, "j M Y")},
            {"label": _("Opened by"), "value": record.opened_by.printed_name},
        ]
        if record.origin_number:
            facts[2] |= {"value": f"{gettext(record.get_origin_noun_display())} {record.origin_number}"}
            if self.request.user.is_shop:
                facts[2]["url"] = reverse(ORIGIN_PAGES[record.origin_noun], args=[record.origin_number])
        if record.owner:
            facts.append({"label": _("Answers"), "value": record.owner.printed_name})
        if record.part:
            facts.append({"label": _("Part"), "value": record.part.number, "is_code": True})
        if record.first_article and self.request.user.is_shop:
            facts.append(
                {
                    "label": _("Completes first article"),
                    "value": record.first_article.number,
                    "url": record.first_article.get_absolute_url(),
                }
            )
        if record.check_on:
            facts.append({"label": _("Look again on"), "value": days.say(record.check_on, "j M Y")})
        if record.check_after_lots:
            facts.append(
                {
                    "label": _("Look again after"),
                    "value": gettext("%(n)s lots") % {"n": record.check_after_lots},
                }
            )
        return facts

    def _acts(self, record: CorrectiveAction) -> list[dict]:
        person, number = self.request.user, record.number

        def link(label: str, verb: str, *, is_main: bool = False) -> dict:
            return act(label, f"corrective-action-{verb}", is_main=is_main, number=number)

        theirs = corrective_actions.may_answer(person, record)
        quality = person.role in DECIDERS
        offered = {
            CorrectiveAction.ANSWERED: [
                (quality, link(_("Return it"), "return")),
                (
                    quality and record.answered_by_id != person.pk,
                    link(_("Accept it"), "accept", is_main=True),
                ),
            ],
            CorrectiveAction.ACCEPTED: [(theirs, link(_("All is done"), "implement", is_main=True))],
            CorrectiveAction.IMPLEMENTED: [
                (quality, link(_("It did not help"), "reopen")),
                (quality, link(_("It helped"), "prove", is_main=True)),
            ],
        }
        to_answer = [
            (quality, link(_("Drop it"), "drop")),
            (theirs, link(_("Add an action"), "add-step")),
            (theirs, link(_("Answer"), "answer", is_main=True)),
        ]
        found = to_answer if record.state in CorrectiveAction.TO_ANSWER else offered.get(record.state, [])
        return [each for may, each in found if may]


class CorrectiveActionOpen(ShopVerb):
    """Open a corrective action, from a record or by hand."""

    scope = LIST
    roles = DECIDERS
    form_class = ActionForm
    heading = "Open a corrective action"
    lead = "For the shop itself, or asked of a vendor, who answers it on its own desk. It stops no shipment."
    submit_label = "Open it"
    done = "{result.number} is open."

    def get_initial(self):
        noun, number = (
            self.request.GET.get(name, "").replace("\x00", "")[:80] for name in ("noun", "number")
        )
        said = {"due_on": timezone.localdate() + timedelta(days=14)}
        if noun == "nonconformance":
            found = Nonconformance.objects.for_viewer(self.request.user).filter(number=number).first()
            if found:
                said |= {"nonconformances": [found.number], "problem": found.description}
        if noun in dict(CorrectiveAction.ORIGINS):
            said |= {"origin_noun": noun, "origin_number": number}
        return said

    def act(self, record, data, *, by, token=None):
        return corrective_actions.open_action(by=by, **data)

    def cancel_url(self):
        return reverse("inspection:corrective-action-list")


class OfAction(ShopVerb):
    """An act on one corrective action; afterwards its page."""

    roles = DECIDERS
    model = CorrectiveAction

    def queryset_for(self, person):
        return super().queryset_for(person).select_related(*JOINS)

    def success_url(self, result):
        return self.cancel_url()


class CorrectiveActionAddStep(OfAction):
    """Add one thing to do."""

    roles = ACTION_ANSWERERS
    form_class = StepForm
    heading = _("Add an action to {record.number}")
    lead = "{record.problem}"
    submit_label = _("Add it")

    def act(self, record, data, *, by, token=None):
        return corrective_actions.add_step(by=by, action=record, **data)

    def message(self, result):
        return gettext("“%(what)s” is to be done until %(day)s.") % {
            "what": result.text,
            "day": days.say(result.due_on, "j M Y"),
        }


class CorrectiveActionAnswer(OfAction):
    """Answer: containment, causes, when to look again."""

    roles = ACTION_ANSWERERS
    form_class = AnswerActionForm
    heading = _("Answer {record.number}")
    lead = "{record.problem}"
    submit_label = _("Send the answer")
    done = _("{record.number} is answered; quality reads it now.")

    def act(self, record, data, *, by, token=None):
        return corrective_actions.answer(by=by, action=record, **data)


class CorrectiveActionReturn(OfAction):
    """Send the answer back."""

    form_class = WhyForm
    heading = "Return the answer to {record.number}"
    lead = "Whoever answers reads the reason, and answers anew."
    submit_label = "Return it"
    done = "{record.number} is returned."
    is_danger = True

    def act(self, record, data, *, by, token=None):
        return corrective_actions.return_answer(by=by, action=record, **data)


class CorrectiveActionAccept(OfAction):
    """Accept the answer."""

    form_class = RemarkForm
    heading = "Accept the answer to {record.number}"
    lead = "Its actions are carried out from now on, each until its day."
    submit_label = "Accept it"
    done = "The answer to {record.number} is accepted."

    def act(self, record, data, *, by, token=None):
        return corrective_actions.accept_answer(by=by, action=record, **data)


class CorrectiveActionFinish(OfAction):
    """Say that one action is done."""

    roles = ACTION_ANSWERERS
    form_class = FinishForm
    submit_label = _("It is done")

    def get_record(self, person):
        record = super().get_record(person)
        steps = list(record.steps.order_by("pk"))
        place = self.kwargs["place"]
        if not 0 < place <= len(steps):
            raise Http404("There is no such action.")
        self.step = steps[place - 1]
        return record

    def get_heading(self):
        return gettext("Carry out an action of %(number)s") % {"number": self.record.number}

    def get_lead(self):
        return gettext("%(what)s By %(person)s, until %(day)s.") % {
            "what": self.step.text,
            "person": self.step.owner,
            "day": days.say(self.step.due_on, "j M Y"),
        }

    def act(self, record, data, *, by, token=None):
        return corrective_actions.finish_step(by=by, action=record, step=self.step, **data)

    def message(self, result):
        return gettext("“%(what)s” is done.") % {"what": result.text}


class CorrectiveActionImplement(OfAction):
    """Say that everything is done."""

    roles = ACTION_ANSWERERS
    heading = _("All of {record.number} is done")
    lead = _("From now on its effect is watched, until the day or the lots that were agreed.")
    submit_label = _("All is done")
    done = _("{record.number} is implemented.")

    def form_kwargs(self):
        return {}

    def act(self, record, data, *, by, token=None):
        return corrective_actions.implement(by=by, action=record)


class CorrectiveActionProve(OfAction):
    """Sign that it helped."""

    form_class = WhyForm
    heading = "{record.number} helped"
    lead = "{record.problem} Signed by somebody who did none of the work."
    submit_label = "Sign: it helped"
    done = "{record.number} is effective."
    needs_reauth = True
    meaning = "Verified"

    def act(self, record, data, *, by, token=None):
        return corrective_actions.prove_effective(by=by, action=record, token=token, **data)


class CorrectiveActionReopen(OfAction):
    """Say that it did not help."""

    form_class = WhyForm
    heading = "{record.number} did not help"
    lead = "It is answered anew, with other causes or other actions."
    submit_label = "Reopen it"
    done = "{record.number} is open again."
    is_danger = True

    def act(self, record, data, *, by, token=None):
        return corrective_actions.reopen(by=by, action=record, **data)


class CorrectiveActionDrop(OfAction):
    """Give it up."""

    form_class = WhyForm
    heading = "Drop {record.number}"
    lead = "It stays readable with the reason."
    submit_label = "Drop it"
    done = "{record.number} is dropped."
    is_danger = True

    def act(self, record, data, *, by, token=None):
        return corrective_actions.drop(by=by, action=record, **data)
