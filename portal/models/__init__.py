"""Who is here, what happened, which bytes are kept: the records every other app stands on."""

from portal.models.event_log import Checkpoint, LogEntry, LogKey, LogNode
from portal.models.events import Event, FeedCursor
from portal.models.files import Label, StoredFile
from portal.models.jobs import Job
from portal.models.mails import MailEntry, MailSettings
from portal.models.organizations import Organization, Site
from portal.models.people import Authority, Invitation, Person, SignInAttempt
from portal.models.reversals import Reversal
from portal.models.signatures import Reauthentication, Signature
from portal.models.standing import Agreement, Registration
from portal.models.store import DisposedFile, StoreFinding
from portal.models.tokens import ApiToken, RepeatedCall

__all__ = [
    "Agreement",
    "ApiToken",
    "Authority",
    "Checkpoint",
    "DisposedFile",
    "Event",
    "FeedCursor",
    "Invitation",
    "Job",
    "Label",
    "LogEntry",
    "LogKey",
    "LogNode",
    "MailEntry",
    "MailSettings",
    "Organization",
    "Person",
    "Reauthentication",
    "Registration",
    "RepeatedCall",
    "Reversal",
    "SignInAttempt",
    "Signature",
    "Site",
    "StoreFinding",
    "StoredFile",
]
