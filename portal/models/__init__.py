"""Who is here, what happened, which bytes are kept: the records every other app stands on."""

from portal.models.events import Event
from portal.models.files import Label, StoredFile
from portal.models.jobs import Job
from portal.models.organizations import Organization, Site
from portal.models.people import Authority, Invitation, Person, SignInAttempt
from portal.models.signatures import Reauthentication, Signature
from portal.models.tokens import ApiToken, RepeatedCall

__all__ = [
    "ApiToken",
    "Authority",
    "Event",
    "Invitation",
    "Job",
    "Label",
    "Organization",
    "Person",
    "Reauthentication",
    "RepeatedCall",
    "SignInAttempt",
    "Signature",
    "Site",
    "StoredFile",
]
