"""The language somebody reads."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from portal.domain.errors import Incomplete, NotEntitled
from portal.domain.events import record_event
from portal.domain.moves import lock
from portal.languages import CODES, may_choose
from portal.models import Person


class UnknownLanguage(Incomplete):
    """The portal is not written in this language."""

    code = "unknown-language"


def require_known(language: str) -> str:
    """Return a language the portal is written in.

    Raises:  UnknownLanguage.
    """
    if language not in CODES:
        raise UnknownLanguage(
            _("The portal is not written in “%(language)s”. Choose one of: %(known)s.")
            % {"language": language[:20], "known": ", ".join(CODES)}
        )
    return language


@transaction.atomic
def choose_language(*, by: Person, language: str) -> Person:
    """Write down in which language a person of a vendor reads the portal and its mails.

    Raises:  UnknownLanguage; NotEntitled for people of the shop and its customers, whose pages are in English.
    """
    require_known(language)
    if not may_choose(by):
        raise NotEntitled(f"{by.printed_name} reads the pages of the shop, which are in English.")
    current = lock(by)
    if current.language == language:
        return current
    before, current.language = current.language, language
    current.save()
    data = {"from": before, "to": language}
    record_event(by=by, verb="choose_language", noun="person", number=current.email, data=data)
    return current
