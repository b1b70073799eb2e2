"""QIF files against the published schemas, where somebody has put them: findings to read, never a refusal."""

from __future__ import annotations

import tempfile
from pathlib import Path

NOT_VALIDATED = "The file was not validated against a schema: {reason}."
VALID = "The file is valid by the schema of QIF {version}."
MOST_FINDINGS = 20
# beyond this the keys of a schema are compared for longer than one file may take
LARGEST_BYTES = 8 * 1024 * 1024
# the schema of each version begins in this file, in a folder of its own or in the one that is named
ENTRY = "QIFDocument.xsd"
_LINKS = tuple(f"{{http://www.w3.org/2001/XMLSchema}}{name}" for name in ("import", "include"))


def schema_findings(content: bytes, version: str, folder: str) -> tuple[tuple[str, ...], dict]:
    """Return what the schema of a QIF file's version says of it: sentences, and {"schema": valid | …}.

    folder:  holds QIFDocument.xsd and its neighbours, or a folder of them for each version (schema-3.0).
    Never raises for what a file holds; nothing is fetched from anywhere.
    """
    if not folder:
        return (NOT_VALIDATED.format(reason="none is set up here"),), {"schema": "not validated"}
    entry = _entry(Path(folder), version)
    if entry is None:
        reason = f"there is none for version {version[:20]}"
        return (NOT_VALIDATED.format(reason=reason),), {"schema": "not validated"}
    if len(content) > LARGEST_BYTES:
        reason = f"it is larger than {LARGEST_BYTES // 2**20} MiB"
        return (NOT_VALIDATED.format(reason=reason),), {"schema": "not validated"}
    from lxml import etree

    try:
        schema = _compiled(entry)
    except (etree.LxmlError, OSError):
        reason = f"the one in {entry.parent.name} cannot be read"
        return (NOT_VALIDATED.format(reason=reason),), {"schema": "not validated"}
    try:
        is_valid = schema.validate(etree.fromstring(content, _parser()))
    except (etree.LxmlError, ValueError) as error:
        reason = f"the validating reader does not take it ({str(error)[:120]})"
        return (NOT_VALIDATED.format(reason=reason),), {"schema": "not validated"}
    if is_valid:
        return (VALID.format(version=version[:20]),), {"schema": "valid"}
    return _sentences(schema.error_log), {"schema": "invalid"}


def _entry(folder: Path, version: str) -> Path | None:
    """Return the file a schema begins in; one without a version of its own is of QIF 3."""
    short = ".".join(version.split(".")[:2])
    places = [folder / f"schema-{short}" / ENTRY, folder / short / ENTRY]
    if short == "3.0":
        places.append(folder / ENTRY)
    return next((place for place in places if place.is_file()), None)


def _parser():
    """Return a reader without network, entities or a document type."""
    from lxml import etree

    return etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)


def _compiled(entry: Path):
    """Return the schema, read from a copy whose parts name each other by file name alone.

    As published, one part is named by an address of the network, and the file of that name belongs to another
    namespace than the one it is named for: such a link is dropped, since nothing refers to it.
    """
    from lxml import etree

    trees = {part.name: etree.parse(str(part), _parser()) for part in entry.parent.glob("*.xsd")}
    with tempfile.TemporaryDirectory(prefix="schema-") as folder:
        for name, tree in trees.items():
            for link in list(tree.getroot().iter(*_LINKS)):
                beside = Path(link.get("schemaLocation", "")).name
                own = trees[beside].getroot().get("targetNamespace") if beside in trees else None
                if own is None or link.get("namespace", own) != own:
                    link.getparent().remove(link)
                else:
                    link.set("schemaLocation", beside)
            tree.write(str(Path(folder) / name))
        return etree.XMLSchema(etree.parse(str(Path(folder) / entry.name), _parser()))


def _sentences(log) -> tuple[str, ...]:
    found = [f"By the schema, line {entry.line}: {_plain(entry.message)}" for entry in log[:MOST_FINDINGS]]
    more = len(log) - len(found)
    return (*found, *([f"The schema finds {more} further faults."] if more > 0 else []))


def _plain(message: str) -> str:
    """Return a finding without the namespaces that make it unreadable."""
    while "{" in message and "}" in message[message.index("{") :]:
        start = message.index("{")
        message = message[:start] + message[message.index("}", start) + 1 :]
    return message[:300]
