"""What a customer asks of the certificates of its goods: set by a manager, with all that was set before."""

from __future__ import annotations

from documents.domain import customer_rules
from documents.domain.key_rules import ALWAYS_MUST, DEFAULT_LEVELS, EXACT, LANGUAGES
from documents.forms.key_rules import LANGUAGE_WORDS, LEVEL_WORDS, KeyRulesForm, name_of
from documents.models import CertificateKeyRules
from documents.permissions import POLICY_SIGNERS
from portal.models import Organization
from routes.views.pages import ShopVerb

HISTORY = [
    {"key": "set_at", "label": "Set", "kind": "moment"},
    {"key": "set_by.printed_name", "label": "By"},
    {"key": "differs", "label": "Other than usual"},
    {"key": "taken", "label": "Revision and languages"},
    {"key": "reason", "label": "Why"},
]


class CertificateRules(ShopVerb):
    """Set what certificates must say for one customer's goods, from now on."""

    roles = POLICY_SIGNERS
    model = Organization
    form_class = KeyRulesForm
    template_name = "documents/certificate_rules.html"
    heading = "What certificates for {record.name} must say"
    lead = (
        "Counts from now on for every certificate nobody has decided on. What contradicts the order stops whatever "
        f"stands here. Always asked: {', '.join(ALWAYS_MUST)}."
    )
    submit_label = "Set these rules"
    done = "Certificates for {record.name} are compared by these rules from now on."

    def queryset_for(self, person):
        return super().queryset_for(person).filter(kind=Organization.CUSTOMER)

    def get_initial(self):
        standing = customer_rules.rules_of(self.record)
        levels = DEFAULT_LEVELS | (standing.levels if standing else {})
        return {
            "revision_policy": standing.revision_policy if standing else EXACT,
            "languages": standing.languages if standing else list(LANGUAGES),
            **{name_of(key): levels[key] for key in customer_rules.OPEN_KEYS},
        }

    def context(self, record):
        rows = list(record.certificate_rules.select_related("set_by"))
        return {"history": [describe(row) for row in rows], "columns": HISTORY, "is_dense": True}

    def act(self, record, data, *, by, token=None):
        return customer_rules.set_rules(by=by, customer=record, **data)

    def success_url(self, result) -> str:
        return self.record.get_absolute_url()


def describe(row: CertificateKeyRules) -> CertificateKeyRules:
    """Say of one set of rules what it changed from what is usual."""
    said = [f"{key}: {LEVEL_WORDS[level].lower()}" for key, level in sorted(row.levels.items())]
    row.differs = "; ".join(said) or "nothing"
    languages = ", ".join(LANGUAGE_WORDS[code] for code in row.languages)
    row.taken = f"{row.get_revision_policy_display()}; {languages}"
    return row
