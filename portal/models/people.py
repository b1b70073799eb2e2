"""People, what they may do and until when, how they come in."""

from __future__ import annotations

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import models
from django.db.models.functions import Lower
from django.urls import reverse
from simple_history.models import HistoricalRecords

from portal.models.organizations import Organization
from portal.models.scoping import ScopedQuerySet


class PersonQuerySet(ScopedQuerySet):
    def for_vendor(self, person):
        return self.filter(organization_id=person.organization_id)

    def for_buyer(self, person):
        return self.filter(organization_id=person.organization_id)

    def get_by_natural_key(self, email: str) -> Person:
        return self.get(email__iexact=email)


class Person(AbstractBaseUser):
    """One human, one account, never re-used and never deleted: disabled people keep their name on records."""

    OPERATOR, INSPECTOR, QUALITY, MANAGER = "operator", "inspector", "quality", "manager"
    BUYER, CUSTOMER_QUALITY, VENDOR = "buyer", "customer_quality", "vendor"
    SHOP_ROLES = (OPERATOR, INSPECTOR, QUALITY, MANAGER)
    CUSTOMER_ROLES = (BUYER, CUSTOMER_QUALITY)
    ROLES = [
        (OPERATOR, "Operator"),
        (INSPECTOR, "Inspector"),
        (QUALITY, "Quality engineer"),
        (MANAGER, "Manager"),
        (BUYER, "Buyer"),
        (CUSTOMER_QUALITY, "Customer quality"),
        (VENDOR, "Vendor"),
    ]

    email = models.EmailField(
        unique=True, help_text="Signs in with this address; letter case does not matter."
    )
    printed_name = models.CharField(max_length=120)
    title = models.CharField(max_length=120, blank=True)
    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="people")
    role = models.CharField(max_length=20, choices=ROLES)
    language = models.CharField(
        max_length=10,
        blank=True,
        help_text="Pages and mails for a vendor's person; empty: as the browser asks.",
    )
    is_export_eligible = models.BooleanField(default=False, help_text="May see export-controlled data.")
    badge_number = models.CharField(
        max_length=40, unique=True, null=True, blank=True, help_text="Read from the badge at a shared tablet."
    )
    pin = models.CharField(max_length=128, blank=True, help_text="A hash; it signs steps on a shared tablet.")
    is_active = models.BooleanField(default=True)
    disabled_at = models.DateTimeField(null=True, blank=True)

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = ["printed_name"]

    objects = PersonQuerySet.as_manager()
    history = HistoricalRecords(excluded_fields=["password", "last_login", "pin"])

    class Meta:
        ordering = ["printed_name"]
        verbose_name_plural = "people"
        constraints = [
            models.UniqueConstraint(Lower("email"), name="person_email_once_in_any_case"),
            models.CheckConstraint(
                name="person_disabled_has_a_moment",
                condition=models.Q(is_active=True, disabled_at__isnull=True)
                | models.Q(is_active=False, disabled_at__isnull=False),
            ),
            models.CheckConstraint(
                name="pin_belongs_to_a_badge",
                condition=models.Q(pin="") | models.Q(badge_number__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.printed_name

    def get_absolute_url(self) -> str:
        return reverse("portal:person-detail", args=[self.email])

    def get_session_auth_hash(self) -> str:
        """Return what a session must know of its person: a new password or another role ends it."""
        return f"{super().get_session_auth_hash()}-{self.role}"

    def get_session_auth_fallback_hash(self):
        for each in super().get_session_auth_fallback_hash():
            yield f"{each}-{self.role}"

    @property
    def is_shop(self) -> bool:
        return self.role in self.SHOP_ROLES

    @property
    def is_vendor(self) -> bool:
        return self.role == self.VENDOR

    @property
    def is_customer(self) -> bool:
        return self.role in self.CUSTOMER_ROLES


class AuthorityQuerySet(ScopedQuerySet):
    def in_force(self, *, person: Person, act: str, on) -> AuthorityQuerySet:
        """Return the authorities `person` holds for `act` on that day, but none withdrawn by then.

        A deputy's holds only while the one it stands in for does, and while its holder is here.
        """
        return self.filter(person=person, act=act).standing_on(on)

    def standing_on(self, on) -> AuthorityQuerySet:
        """Return the authorities that hold on that day, whosever they are."""
        is_own = models.Q(deputy_for__isnull=True)
        held = _days_hold("deputy_for__", on) & models.Q(deputy_for__person__is_active=True)
        return self.filter(_days_hold("", on) & (is_own | held))

    def own(self) -> AuthorityQuerySet:
        """Return the authorities people hold in their own name."""
        return self.filter(deputy_for__isnull=True)

    def deputising(self) -> AuthorityQuerySet:
        """Return the authorities people hold for somebody else."""
        return self.filter(deputy_for__isnull=False)


def _days_hold(prefix: str, on) -> models.Q:
    """Say of an authority, or of one it refers to, whether its days cover that one."""
    ends, withdrawn = f"{prefix}valid_to", f"{prefix}withdrawn_at"
    return (
        models.Q(**{f"{prefix}valid_from__lte": on})
        & (models.Q(**{f"{ends}__isnull": True}) | models.Q(**{f"{ends}__gte": on}))
        & (models.Q(**{f"{withdrawn}__isnull": True}) | models.Q(**{f"{withdrawn}__date__gt": on}))
    )


class Authority(models.Model):
    """What one person may sign, for which customer (empty: all), between two days.

    Source: acceptance authority is issued, expires and is withdrawn like a stamp (AS9100D 8.5.2).
    """

    SIGN_STEP, INSPECT, ACCEPT_CERTIFICATE = "sign_step", "inspect", "accept_certificate"
    APPROVE_ROUTE, APPROVE_FIRST_ARTICLE = "approve_route", "approve_first_article"
    DISPOSITION, ORDER_OUTSIDE, CERTIFY, RELEASE = "disposition", "order_outside", "certify", "release"
    MATERIAL_REVIEW = "material_review"
    ACTS = [
        (SIGN_STEP, "Sign production steps"),
        (INSPECT, "Inspect and accept"),
        (ACCEPT_CERTIFICATE, "Accept or reject certificates"),
        (APPROVE_ROUTE, "Approve routes and setups"),
        (APPROVE_FIRST_ARTICLE, "Approve first articles"),
        (DISPOSITION, "Disposition nonconformances and holds"),
        (ORDER_OUTSIDE, "Issue outside orders"),
        (CERTIFY, "Sign certificates of conformity"),
        (RELEASE, "Release and dispatch shipments"),
        (MATERIAL_REVIEW, "Use as is or repair by a customer's delegation"),
    ]

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="authorities")
    act = models.CharField(max_length=30, choices=ACTS)
    customer = models.ForeignKey(
        Organization, null=True, blank=True, on_delete=models.PROTECT, related_name="authorities_for"
    )
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True, help_text="From this moment it holds no more.")
    stamp = models.CharField(max_length=40, blank=True)
    basis = models.CharField(max_length=200, help_text="Training, delegation letter, procedure.")
    deputy_for = models.ForeignKey(
        "self",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="deputies",
        help_text="The authority this one stands in for; it holds no longer than that one does.",
    )

    objects = AuthorityQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name_plural = "authorities"
        constraints = [
            models.CheckConstraint(
                name="authority_days_in_order",
                condition=models.Q(valid_to__isnull=True) | models.Q(valid_to__gte=models.F("valid_from")),
            ),
            models.CheckConstraint(
                name="deputy_has_a_last_day",
                condition=models.Q(deputy_for__isnull=True) | models.Q(valid_to__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person.printed_name}: {self.get_act_display()}"


class Invitation(models.Model):
    """A way in for one new person: a link that works once, until a day, stored only as a hash."""

    email = models.EmailField()
    printed_name = models.CharField(max_length=120)
    title = models.CharField(max_length=120, blank=True)
    organization = models.ForeignKey(Organization, on_delete=models.PROTECT)
    role = models.CharField(max_length=20, choices=Person.ROLES)
    token_sha256 = models.CharField(max_length=64, unique=True)
    invited_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="invitations_sent")
    invited_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True, blank=True)

    objects = ScopedQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.printed_name}, invited {self.invited_at:%Y-%m-%d}"


class SignInAttempt(models.Model):
    """A failed sign-in, counted per account and per address; letter case and width share one budget."""

    account_key = models.CharField(max_length=254)
    address = models.GenericIPAddressField(null=True)
    at = models.DateTimeField(auto_now_add=True)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        indexes = [
            # serves the throttle at sign-in
            models.Index(fields=["account_key", "at"], name="attempts_by_account"),
            models.Index(fields=["address", "at"], name="attempts_by_address"),
        ]

    def __str__(self) -> str:
        return f"{self.account_key}, {self.at:%Y-%m-%d %H:%M} UTC"
