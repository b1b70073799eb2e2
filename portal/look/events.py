"""Acts as they are read afterwards: events are recorded as commands, people read what somebody did."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext

# verb as recorded: what was done; `{it}` is the record, named at the end where nothing else is said
PHRASES = {
    "accept": "accepted",
    "accept invitation": "accepted the invitation of {it}",
    "acknowledge": "answered",
    "add": "added",
    "add change to": "found another change for {it}",
    "add component": "added a component to {it}",
    "add characteristic": "added a characteristic to {it}",
    "add line": "added a line to {it}",
    "add line to": "added a line to {it}",
    "add note": "added a drawing note to {it}",
    "add operation": "added an operation to {it}",
    "add range to": "said how far {it} reads",
    "add revision": "added a revision of {it}",
    "add site": "added a site of {it}",
    "add to": "added pieces to {it}",
    "agree to": "agreed to",
    "amend line": "amended a line of {it}",
    "answer": "answered",
    "answer clause of": "answered a clause of {it}",
    "answer comment on": "answered a comment on {it}",
    "archive": "packed {it} with its proofs",
    "approve": "approved",
    "approve for the customer": "approved {it} for the customer",
    "approve on a condition of": "approved {it} for the customer on a condition",
    "approve setup": "approved a setup for {it}",
    "begin": "began",
    "bring": "brought in the table of {it}",
    "bring in": "brought in {it} in the middle of its route",
    "build": "built",
    "build into": "built a component into {it}",
    "calibrate": "calibrated",
    "cancel": "cancelled",
    "certify": "signed the certificate of conformity of {it}",
    "change": "changed",
    "change key of": "changed the key that signs {it}",
    "change operation": "changed an operation of {it}",
    "change password": "changed the password of {it}",
    "change role": "changed the role of {it}",
    "change terms of": "changed the terms with {it}",
    "change title": "changed the title of {it}",
    "choose language": "chose the language of {it}",
    "choose mails of": "chose the mails of {it}",
    "close": "closed",
    "comment on": "commented on {it}",
    "complete": "completed",
    "concede": "recorded a concession for {it}",
    "contain": "looked elsewhere for what {it} found",
    "correct": "corrected",
    "count": "counted what {it} announced",
    "count a delay on": "took back {it}; the delay counts again",
    "cover": "said which lot {it} covers",
    "decide": "decided",
    "decline": "declined",
    "disable": "disabled",
    "dispatch": "dispatched",
    "disposition": "dispositioned",
    "disposition difference": "decided a setup difference at {it}",
    "draft": "drafted",
    "bring home from": "brought pieces home from {it}",
    "decide pieces too many of": "decided what came back too many on {it}",
    "let go from": "let pieces of {it} leave from the vendor for the customer",
    "put aside pieces of": "put pieces aside that came back too many on {it}",
    "drop": "dropped",
    "drop check": "took back a check of {it}",
    "enable": "enabled",
    "end": "ended",
    "enter": "entered",
    "excuse a delay on": "recorded by {it} whose a delay was",
    "finish action of": "carried out an action of {it}",
    "enter result of": "entered a result of {it}",
    "fill line of": "filled in a line of {it}",
    "fill from a workbook": "filled {it} from a workbook",
    "give badge": "gave a badge to {it}",
    "freeze": "froze",
    "get back": "got pieces of {it} back",
    "grant": "granted",
    "implement": "implemented",
    "judge readings of": "judged the readings of {it}",
    "identify characteristic": "said which characteristic of {it} is one of another revision",
    "import": "imported",
    "import characteristics": "imported the characteristics of {it}",
    "import results into": "imported results into {it}",
    "invite": "invited",
    "issue": "issued",
    "issue material": "issued material to {it}",
    "look": "looked through {it} without saving",
    "mail reset": "mailed a link for a new password to {it}",
    "make": "made",
    "map note": "mapped a drawing note of {it}",
    "measure": "measured at {it}",
    "name feature": "said how the finish moves a size of {it}",
    "name the sender of": "said who sent {it}",
    "name supplier of": "named the supplier of {it}",
    "note": "noted",
    "open": "opened",
    "outdate": "made {it} stale",
    "park": "set {it} aside after failed tries",
    "place": "placed",
    "plan check": "planned a check of {it}",
    "propose": "proposed",
    "prove": "judged {it} effective",
    "put packing demand on": "said how {it} is packed",
    "put clause on": "put a clause on {it}",
    "raise": "raised",
    "read": "read",
    "receive": "received",
    "record": "recorded",
    "record certificate": "recorded the certificate of {it}",
    "record elsewhere": "recorded {it} as done elsewhere",
    "record packing of": "recorded how {it} is packed",
    "recover": "found {it} recovered",
    "record quantity": "recorded a change of quantity of {it}",
    "record study of": "recorded a repeatability study of {it}",
    "record setup": "recorded the setup of {it}",
    "reinstate": "reinstated",
    "reject": "rejected",
    "release": "released",
    "remove component": "took a component off {it}",
    "remove operation": "removed an operation of {it}",
    "reopen": "reopened",
    "refuse": "refused",
    "request": "asked for",
    "reset password": "set a new password for {it}",
    "retire": "retired",
    "retry": "let {it} be tried again",
    "return": "returned",
    "return by the customer": "returned {it} for the customer",
    "rejoin": "put back the pieces of",
    "review": "reviewed",
    "review flowdown of": "reviewed what {it} passes on",
    "revoke": "revoked",
    "rework": "sent {it} to rework",
    "save": "saved",
    "say what is made at": "said what an operation of {it} makes",
    "seal": "sealed",
    "set certificate rules of": "set what certificates for {it} must say",
    "set export eligibility": "decided the export eligibility of {it}",
    "send": "sent",
    "set pin": "set the PIN of {it}",
    "set terms of": "set the terms of scorecards by {it}",
    "set up": "set up the portal as {it}",
    "ship": "shipped",
    "sign": "signed",
    "sign in": "signed in as {it}",
    "skip": "skipped",
    "split": "split",
    "store": "stored",
    "submit": "submitted",
    "supersede": "superseded",
    "suspend": "suspended",
    "take out of": "took a component out of {it}",
    "upload": "uploaded",
    "take up": "took {it} up as a nonconformance",
    "undo": "opened {it} again",
    "void": "voided",
    "void value of": "voided a value of {it}",
    "withdraw": "withdrew",
    "withdraw result of": "withdrew a result of {it}",
    "withdraw approval of": "withdrew the approval of {it}",
    "withdraw packing demand of": "withdrew a packing demand of {it}",
    "write record of": "wrote the record of {it}",
}
# the same verb says another thing of these
OF_NOUN = {
    ("accept", "corrective action"): "accepted the answer to {it}",
    ("add to", "corrective action"): "added an action to {it}",
    ("return", "corrective action"): "returned the answer to {it}",
    ("judge readings of", "gauge"): "judged the readings of {it} in {lots}",
    ("choose", "run rules"): "chose the run rules of {number}",
    ("grant", "authority"): "granted an authority to {number}",
    ("withdraw", "authority"): "withdrew an authority of {number}",
    ("name deputy", "authority"): "named a deputy of {number}",
    ("end deputy", "authority"): "ended a deputy of {number}",
    ("undo", "reversal"): "undid an acceptance by {number}",
    ("make", "upload link"): "made a link for the certificates of order {number}",
    ("differ", "certificate"): "found that {it} differs since the pieces came back",
    ("open letterbox", "person"): "opened the letterbox {number}",
    ("receive", "arrival"): "kept {number} until somebody says what it is",
    ("set aside", "arrival"): "set {number} aside",
    ("take up", "arrival"): "took {number} up again",
    ("place", "hold"): "placed hold {number} on {lots}",
    ("release", "hold"): "released hold {number} of {lots}",
    ("receive", "outside order"): "took pieces back from {it}",
    ("return", "outside order"): "took the last pieces back from {it}",
    ("ship", "outside order"): "sent pieces away on {it}",
    ("receive", "material"): "received material {number}",
    ("measure", "inspection"): "entered a value into {it}",
    ("record", "clause evidence"): "recorded {it}",
    ("withdraw", "clause evidence"): "withdrew {it}",
    ("sign", "check policy"): "put {it} in force",
    ("sign", "lock policy"): "put {it} in force",
    ("sign", "trigger policy"): "put {it} in force",
    ("sign", "coating growth"): "put {it} in force",
    ("tighten", "sampling"): "put series {number} on tightened inspection",
    ("relax", "sampling"): "put series {number} back to normal inspection",
    ("restore", "sampling"): "put series {number} back to normal inspection",
    ("reduce", "sampling"): "reduced the inspection of series {number}",
    ("discontinue", "sampling"): "ended sampling of series {number} until it is corrected",
    ("resume", "sampling"): "accepted the corrective action of series {number}",
    ("qualify", "sampling"): "qualified series {number} for skip-lot",
    ("end skip", "sampling"): "ended the skip-lot of series {number}",
    ("hand over", "handoff"): "handed a part over to production by {number}",
    ("review trail of", "lot"): "reviewed the edits of lot {number}",
    ("store", "file"): "stored a file",
    ("dispose of", "file"): "disposed of a file",
    ("propose", "disposal"): "proposed {it}",
    ("carry out", "disposal"): "carried out {it}",
    ("place", "legal hold"): "placed {it}",
    ("lift", "legal hold"): "lifted {it}",
    ("sign", "retention rule"): "put {it} in force",
    ("find wrong", "file"): "found a kept file wrong",
    ("find right again", "file"): "found a kept file right again",
    ("read", "file"): "read a file",
}

# what of an event's data people ask for, in this order, and the word before it
TOLD = (
    ("operation", ""),
    ("kind", ""),
    ("quantity", "pieces"),
    ("pieces", "pieces"),
    ("quantity_in", "in"),
    ("quantity_out", "out"),
    ("child", "to"),
    ("identifier", "of"),
    ("revision", "revision"),
    ("line", "line"),
    ("sequence", "operation"),
    ("name", ""),
    ("balloon", "balloon"),
    ("characteristic", "characteristic"),
    ("serial", "piece"),
    ("value", ""),
    ("verdict", ""),
    ("note", "note"),
    ("place", ""),
    ("field", ""),
    ("certificate", "certificate"),
    ("reference", ""),
    ("sent_by", "by link, from"),
    ("present", "present:"),
    ("changes", ""),
    ("reason", "because:"),
)
# those that are stored codes, not words
CODES = ("kind", "field")


def plain(code: object) -> str:
    """Return a stored code as words."""
    return str(code).replace("_", " ").strip()


def read(event: Any, name: str, default: Any = "") -> Any:
    """Return a named value of an event, or of a dictionary that stands for one."""
    value = event.get(name) if isinstance(event, dict) else getattr(event, name, None)
    return default if value is None else value


def sentence(event: Any) -> str:
    """Return what was done, in the past: signed step T-000002-50-1.

    A verb nobody has a phrase for is told as it was recorded; old events never become unreadable.
    """
    verb, noun = plain(read(event, "verb")), plain(read(event, "noun"))
    number = str(read(event, "number"))
    lots = " and ".join(f"lot {lot}" for lot in read(event, "lots", ())) or "a lot"
    it = f"{gettext(noun)} {number}".strip()
    phrase = gettext(OF_NOUN.get((verb, noun)) or PHRASES.get(verb) or "did this to {it}: {verb}")
    if "{" not in phrase and (verb, noun) not in OF_NOUN:
        phrase += " {it}"
    return phrase.format(it=it, number=number, lots=lots, verb=verb)


def particulars(event: Any) -> str:
    """Return the facts of an event that people ask for: pieces, balloon, verdict, reason."""
    data = read(event, "data", {})
    found = (
        f"{_said_before(key, word, data)} {plain(data[key]) if key in CODES else data[key]}".strip()
        for key, word in TOLD
        if data.get(key) not in (None, "")
    )
    return ", ".join(found)


def _said_before(key: str, word: str, data: dict) -> str:
    """Return the word before a fact; an operation is told by its name, and its bare number says what it is."""
    return "operation" if key == "operation" and str(data[key]).isdigit() else word
