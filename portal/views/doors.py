"""What every address declares before it opens: whose it is, and for which roles.

`scope` says what the address is about and `roles` who may use it; both are checked here for every request.

    record   one record, fetched in the scope of the person; what is not theirs is not found
    list     a list in the scope of the person, or the making of something new
    self     the person's own account
    public   anybody, without signing in
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from inspect import signature
from types import FunctionType

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import ImproperlyConfigured, PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views import View

RECORD, LIST, SELF, PUBLIC = "record", "list", "self", "public"
SCOPES = (RECORD, LIST, SELF, PUBLIC)


def ask_to_sign_in(request: HttpRequest) -> HttpResponse:
    """Send somebody unknown to the sign-in page, and a polled fragment's whole page with it."""
    if request.headers.get("HX-Request") == "true":
        return HttpResponse(status=204, headers={"HX-Redirect": reverse("portal:sign-in")})
    return redirect_to_login(request.get_full_path())


def check_roles(person, roles: tuple[str, ...] | None, *, is_seen: bool) -> None:
    """Stop a person whose role is not among `roles`; None lets every role in.

    is_seen: whether the person may see what the address is about. Outsiders are not told of pages that are
    not for them, so what they may not see is not found.

    Raises:  PermissionDenied with a sentence; Http404 for an outsider at an unseen address.
    """
    if roles is None or person.role in roles:
        return
    if not is_seen and not person.is_shop:
        raise Http404("There is no page here by that address.")
    raise PermissionDenied(
        f"{person.printed_name} works here as {person.get_role_display().lower()}; this is done by one of: "
        f"{', '.join(role.replace('_', ' ') for role in roles)}. Ask one of them."
    )


def opens(*, scope: str, roles: tuple[str, ...] | None = None) -> Callable:
    """Declare the rule of a function view and check it. A record's view must fetch in scope by itself."""
    if scope not in SCOPES:
        raise ImproperlyConfigured(f"{scope} is not a scope; choose one of {', '.join(SCOPES)}.")

    def declare(view: Callable) -> Callable:
        @wraps(view)
        def checked(request: HttpRequest, *args, **kwargs) -> HttpResponse:
            if scope != PUBLIC:
                if not request.user.is_authenticated:
                    return ask_to_sign_in(request)
                check_roles(request.user, roles, is_seen=False)
            return view(request, *args, **kwargs)

        checked.scope, checked.roles = scope, roles
        return checked

    return declare


class Door(View):
    """The base of class views: no view opens that has not declared `scope` and `roles`.

    `permission` may name one more question, `permission(person, record) -> bool`, with `forbidden` as the
    sentence shown when the answer is no.
    """

    scope: str
    roles: tuple[str, ...] | None
    permission: Callable | None = None
    forbidden = _("You may see this record; changing it is another person's work. Ask a quality engineer.")

    def __init_subclass__(cls, **kwargs) -> None:
        super().__init_subclass__(**kwargs)
        named = cls.__dict__.get("permission")
        if isinstance(named, FunctionType) and next(iter(signature(named).parameters), "") != "self":
            cls.permission = staticmethod(named)

    @classmethod
    def as_view(cls, **initial) -> Callable:
        """Return the view.

        Raises:  ImproperlyConfigured for a view that declares no rule.
        """
        if getattr(cls, "scope", None) not in SCOPES or not hasattr(cls, "roles"):
            raise ImproperlyConfigured(f"{cls.__module__}.{cls.__name__} must declare scope and roles.")
        return super().as_view(**initial)

    def dispatch(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        if any("\x00" in value for value in kwargs.values() if isinstance(value, str)):
            raise Http404("There is no page here by that address.")
        if self.scope != PUBLIC:
            if not request.user.is_authenticated:
                return ask_to_sign_in(request)
            self.enter(request.user)
        return super().dispatch(request, *args, **kwargs)

    def enter(self, person) -> None:
        """Check the declared rule for a signed-in person.

        Raises:  PermissionDenied or Http404.
        """
        check_roles(person, self.roles, is_seen=self.scope == SELF)
        self.check_permission(person, None)

    def check_permission(self, person, record) -> None:
        """Ask the named permission.

        Raises:  PermissionDenied with the view's sentence.
        """
        if self.permission is not None and not self.permission(person, record):
            raise PermissionDenied(self.forbidden)
