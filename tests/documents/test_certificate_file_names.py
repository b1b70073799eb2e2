"""A certificate under every hostile name of the collection: kept unchanged, shown as text, handed out safely."""

import json

import pytest

from documents.domain import certificates
from portal.domain.files import FileRefused
from portal.intake.names import safe_name
from tests.flows.strange_words import strange_marks


def names(shared_data) -> list[str]:
    return json.loads((shared_data / "bad-uploads/filenames.json").read_text())["names"]


def test_certificates_under_hostile_names_are_shown_as_text_and_handed_out_whole(cast, sign_in, shared_data):
    content = (shared_data / "bad-uploads/files/good_control.pdf").read_bytes()
    client, wrong, refused = sign_in(cast.inspector), {}, []
    for name in names(shared_data):
        try:
            brought = certificates.upload(by=cast.inspector, content=content, name=name, kind="material")
        except FileRefused:
            refused.append(safe_name(name))
            continue
        page = client.get(brought.get_absolute_url())
        given = client.get(f"{brought.get_absolute_url()}file/")
        sent = b"".join(given.streaming_content) if given.streaming else given.content
        header = given.headers["Content-Disposition"]
        seen = (
            page.status_code,
            strange_marks(page.content),
            sent == content,
            header.startswith("attachment"),
        )
        if (
            seen != (200, [], True, True)
            or "\n" in header
            or "\r" in header
            or "/" in brought.file.original_name
        ):
            wrong[name] = (seen, header)
    assert wrong == {}
    # these promise another kind of file than they hold
    assert all(not name.lower().endswith(".pdf") for name in refused)
    assert len(refused) < len(names(shared_data)) / 2


@pytest.mark.parametrize("name", ["cert.pdf", "證書 Ф.pdf"])
def test_an_honest_name_is_shown_unchanged(cast, sign_in, shared_data, name):
    content = (shared_data / "bad-uploads/files/good_control.pdf").read_bytes()
    brought = certificates.upload(by=cast.inspector, content=content, name=name, kind="material")
    page = sign_in(cast.inspector).get(brought.get_absolute_url()).content.decode()
    assert (brought.file.original_name, name in page) == (name, True)
