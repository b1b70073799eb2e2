"""Every kind of kept file, fetched from its own address: the bytes are those whose sha256 the records name.

The addresses come from the resolver, so a new kind of file is fetched without anybody remembering to.
"""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from documents.models import ReleasePackage
from portal.domain.canonical import sha256_of
from portal.models import Event, StoredFile
from portal.views.files import FILE_POLICY, FileView
from tests.architecture.walks.test_strangers import NAMED, PAGES, Address, by_name

# a page by its number is a picture drawn of the file
FILES = [
    each
    for each in PAGES
    if isinstance(each.rule, type) and issubclass(each.rule, FileView) and "page" not in each.keywords
]
NOT_ITS_EXAMPLE = "the example record of this address holds no file; give it one"


def fetched(address: Address, stage):
    """Return the answer to the first person of the shop who may have the file."""
    url = reverse(address.name, kwargs=stage.keywords_of(address))
    for name in ("manager", "quality", "inspector", "vendor", "buyer", "customer_quality"):
        client = Client()
        client.force_login(stage.cast.people[name])
        answer = client.get(url)
        if answer.status_code == 200:
            return answer
    return pytest.fail(f"{url}: {NOT_ITS_EXAMPLE}")


@pytest.mark.parametrize("address", by_name(FILES))
def test_a_file_is_served_as_the_bytes_its_records_name(address, stage):
    answer = fetched(address, stage)
    sha256 = sha256_of(answer.content)
    stored = StoredFile.objects.filter(sha256=sha256).first()
    assert stored is not None, f"{address.name} serves bytes no record names"
    assert len(answer.content) == stored.size_bytes
    assert Event.objects.filter(verb="read").latest("pk").data == {"sha256": sha256}
    assert answer.headers["Content-Security-Policy"] == FILE_POLICY
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_a_manifest_is_served_as_the_bytes_that_were_frozen(stage):
    number = stage.keywords_of(NAMED["documents:package-manifest"])["number"]
    answer = fetched(NAMED["documents:package-manifest"], stage)
    assert sha256_of(answer.content) == ReleasePackage.objects.get(number=number).manifest_sha256
