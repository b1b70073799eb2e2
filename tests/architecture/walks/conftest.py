"""The stage of the walks: everybody, and an example of every record, made once for all of them."""

from __future__ import annotations

import pytest
from django.db import connection, transaction
from django.test import override_settings

from tests.architecture.examples import all_examples
from tests.cast import Cast, make_cast


class Stage:
    """The cast and every example record of every app, made once and rolled back at the end."""

    def __init__(self) -> None:
        self.cast: Cast = make_cast()
        self.made = {make: make(self.cast) for make in dict.fromkeys(all_examples().values())}

    def keywords_of(self, address) -> dict[str, object]:
        """Return the keywords of the address; a list has every record of its app to leak."""
        if not address.keywords:
            return {}
        if address.name not in all_examples():
            pytest.fail(f"{address.name} needs an example record in tests/<app>/examples.py.")
        return self.made[all_examples()[address.name]]


@pytest.fixture(scope="package")
def _stage(django_db_setup, django_db_blocker, tmp_path_factory):
    folder = tmp_path_factory.mktemp("strangers")
    with django_db_blocker.unblock(), transaction.atomic():
        # as in the transaction around any other test, what must be a transaction of its own may work here
        connection.atomic_blocks[-1]._from_testcase = True
        with override_settings(MEDIA_ROOT=folder):
            stage = Stage()
        # asked now, what is to hold at the end of a transaction is not asked again with every form that is tried
        connection.check_constraints()
        yield stage, folder
        transaction.set_rollback(True)


@pytest.fixture
def stage(_stage, files_folder, settings):
    """Everybody's records; whatever a test changes is undone."""
    stage, settings.MEDIA_ROOT = _stage
    with transaction.atomic():
        yield stage
        transaction.set_rollback(True)
