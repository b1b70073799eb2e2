"""Words that stand in records or in tables of the code, and that vendors read: translated where they are shown.

They are kept in English, so that a record says the same whoever wrote it; `{% translate value %}`, the filter
`translated` and `offered` look them up. A word that is missing here is shown in English.
"""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy
from django.utils.translation import gettext_noop as _


def offered(choices: Iterable[tuple[str, str]]) -> list[tuple[str, Promise]]:
    """Return choices of a model with their words in the reader's language."""
    return [(code, gettext_lazy(word)) for code, word in choices]


ROLES = (_("Vendor"), _("vendor"))
ORDERS = (_("Draft"), _("Issued"), _("At the vendor"), _("Returned"), _("Closed"), _("Cancelled"))
CERTIFICATES = (
    *(_("Material"), _("Process"), _("Test"), _("Supplier's conformity")),
    *(_("Received"), _("In review"), _("Accepted"), _("Rejected"), _("Revoked"), _("Withdrawn")),
)
RESULTS = (
    *(
        _("Chemistry"),
        _("Tensile"),
        _("Hardness"),
        _("Conductivity"),
        _("Coating thickness"),
        _("Salt spray"),
    ),
    *(_("Pressure or leak"), _("Functional"), _("Other"), _("Conforms"), _("Does not conform")),
    *(_("printed on the certificate"), _("our licensed copy of the specification")),
)
CORRECTIVE_ACTIONS = (
    *(
        _("Open"),
        _("Answered"),
        _("Answer accepted"),
        _("Implemented"),
        _("Effective"),
        _("Reopened"),
        _("Dropped"),
    ),
    *(_("Nonconformance"), _("Gauge found out of tolerance"), _("Rejected certificate")),
    *(_("Returned by the customer"), _("Opened by hand")),
)
REGISTER = (
    *(_("ITAR registration"), _("Non-disclosure agreement"), _("Intellectual property")),
    *(_("Quality agreement"), _("Export licence or agreement")),
)
PLACES = (
    *(_("Outside"), _("Back, not verified"), _("Ordered, not sent"), _("Verified there, not gone on")),
    _("another vendor"),
)
# headings of what a search of a vendor finds
FOUND = (_("Outside orders"), _("Lots sent to you"), _("Registrations"), _("Agreements"), _("Certificates"))
# what a refusal calls records and acts by a vendor: nouns and verbs of the move tables
NOUNS = (_("certificate"), _("outside order"), _("corrective action"), _("vendor statement"))
VERBS = (
    *(
        _("enter"),
        _("withdraw"),
        _("answer"),
        _("implement"),
        _("note"),
        _("agree to"),
        _("refuse"),
        _("count"),
    ),
    *(_("accept"), _("reject"), _("revoke"), _("issue"), _("ship"), _("return"), _("close"), _("cancel")),
)
# what a flow-down item is called, and what every order of the shop says
FLOWDOWN = (
    *(
        _("Part"),
        _("Specification"),
        _("Material and condition"),
        _("Certificate"),
        _("Written on the order"),
    ),
    *(_("Instructions of the operation"), _("Dimensions after the process")),
    *(_("Right of access"), _("No work passed on"), _("Notice of changes"), _("Notice of nonconformance")),
    *(_("Days of the process"), _("Count"), _("Records"), _("Foreign objects"), _("People")),
    _("We, our customer and authorities may enter the places where this work is done and read its records."),
    _(
        "Do not give this work to anybody else without our written consent; name who did it on the certificate."
    ),
    _("Tell us before process, chemistry, equipment, place or key people change."),
    _(
        "Tell us at once when pieces do not conform. Do not strip, rework or repair without our written consent."
    ),
    _("The certificate states the day or days on which the process ran, not only the day of issue."),
    _(
        "Return every piece sent, scrapped ones marked. Say at once when the count differs from the packing slip."
    ),
    _("Use no counterfeit or substitute material; keep its certificates."),
    _("Keep the records of this work for ten years and ask us before destroying them."),
    _("Keep foreign objects out of the pieces and their packing."),
    _("Those who do the work are qualified for it and know that the safety of a product depends on it."),
    _(
        "Specification with revision, type and class; part number and revision; lot number; quantity; process date; "
        "site; name of who signs."
    ),
)
# labels a form takes from the names of its fields
LABELS = (
    *(_("Quantity"), _("Part number"), _("Part revision"), _("Certificate type"), _("Kind"), _("State")),
    *(_("Test"), _("Value"), _("Finding"), _("Unit"), _("Minimum"), _("Maximum"), _("Method"), _("Specimen")),
    *(_("Reason"), _("Purpose"), _("Email"), _("Password"), _("Text"), _("Owner"), _("Due on")),
)
# acts as a vendor reads them afterwards
ACTS = (
    *(_("accepted the answer to {it}"), _("added an action to {it}"), _("returned the answer to {it}")),
    *(_("answered"), _("opened"), _("reopened"), _("dropped"), _("implemented"), _("judged {it} effective")),
    _("carried out an action of {it}"),
)
