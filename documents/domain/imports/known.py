"""Finding what a row names: customers, sites, parts, specifications, orders, by the words people use for them."""

from __future__ import annotations

from django.db.models import Q

from portal.domain.errors import Refused
from portal.models import Label, Organization, Site
from routes.domain.specifications import same_specification
from routes.models import CustomerOrder, OrderLine, PartRevision, SpecificationRevision


class NotThere(Refused):
    """A row names something that is neither in the portal nor in an earlier row."""

    code = "not-there"


def customer_named(words: str) -> Organization:
    """Return the customer of this short code or name."""
    return _organization(words, Organization.CUSTOMER, "customer", "Import customers first")


def vendor_named(words: str) -> Organization:
    """Return the vendor of this short code or name."""
    return _organization(words, Organization.VENDOR, "vendor", "Import vendors first")


def _organization(words: str, kind: str, noun: str, first: str) -> Organization:
    named = list(
        Organization.objects.filter(
            Q(number=words.strip().upper()) | Q(name__iexact=words.strip()), kind=kind
        )[:2]
    )
    if len(named) > 1:
        raise NotThere(f"Two {noun}s are called “{words}”. Write the short code of the one that is meant.")
    if not named:
        raise NotThere(f"There is no {noun} “{words}”. {first}, or correct the code.")
    return named[0]


def site_of(organization: Organization, code: str | None) -> Site:
    """Return the site of this code; without a code the only one."""
    sites = list(organization.sites.all())
    wanted = [site for site in sites if code is None or site.code == code.strip().upper()]
    if len(wanted) == 1:
        return wanted[0]
    codes = ", ".join(site.code for site in sites) or "none"
    if code is None and sites:
        raise NotThere(f"{organization.name} has several sites: {codes}. Say which one.")
    raise NotThere(
        f"{organization.name} has no site {code or 'at all'}; it has {codes}. Import its sites first."
    )


def part_revision_named(number: str, revision: str, customer: Organization | None = None) -> PartRevision:
    """Return one revision of a part."""
    found = (
        PartRevision.objects.select_related("part__customer")
        .filter(part__number=number.strip(), revision=revision.strip())
        .first()
    )
    if found is None or (customer is not None and found.part.customer_id != customer.pk):
        whose = f" of {customer.name}" if customer else ""
        raise NotThere(
            f"There is no part {number} revision {revision}{whose}. Import parts first, or correct the number."
        )
    return found


def specification_named(number: str, revision: str | None, *, kind: str = "") -> SpecificationRevision:
    """Return one revision of a specification; without a revision the only one that stands."""
    found = SpecificationRevision.objects.filter(number=number.strip())
    if kind:
        found = found.filter(kind=kind)
    if revision is not None:
        found = found.filter(revision=revision.strip())
    named = list(found.filter(superseded_by__isnull=True) or found)
    if len(named) == 1:
        return named[0]
    if named:
        revisions = ", ".join(each.revision or "none" for each in named)
        raise NotThere(f"Specification {number} is here in the revisions {revisions}. Say which one.")
    other = next(
        (
            each
            for each in SpecificationRevision.objects.exclude(same_as=[])
            if same_specification(each.number, number)
        ),
        None,
    )
    hint = f" {other} is recorded as the same one; write its number." if other else ""
    shown = f"{number} {revision or ''}".strip()
    raise NotThere(f"There is no specification {shown}. Import specifications first, or correct it.{hint}")


def order_line_named(customer: Organization, po_number: str, line_number: int) -> OrderLine:
    """Return one line of a customer's purchase order."""
    order = CustomerOrder.objects.filter(customer=customer, po_number=po_number.strip()).first()
    if order is None:
        raise NotThere(f"{customer.name} has no purchase order {po_number} here. Import open orders first.")
    line = (
        order.lines.select_related("part_revision__part", "order__customer")
        .filter(line_number=line_number)
        .first()
    )
    if line is None:
        raise NotThere(
            f"Purchase order {po_number} of {customer.name} has no line {line_number}. Import it first."
        )
    return line


def label_named(code: str) -> Label:
    """Return the label of this code or name."""
    label = Label.objects.filter(Q(code__iexact=code.strip()) | Q(name__iexact=code.strip())).first()
    if label is None:
        codes = ", ".join(Label.objects.values_list("code", flat=True))
        raise NotThere(f"There is no label “{code}”. Use one of: {codes}.")
    return label
