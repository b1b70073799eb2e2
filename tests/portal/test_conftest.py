"""The tests' own ground: which role they work as, and what stays behind after one."""

import os
import subprocess
import sys
import urllib.error
import urllib.request

import pytest
from django.db import connection, connections
from django.db.utils import ProgrammingError

from portal.models import Organization
from tests import early


def ask(statement: str) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return cursor.fetchall()


@pytest.mark.django_db
def test_plain_tests_work_as_the_application_role():
    owner, application = (connections[alias].settings_dict["USER"] for alias in ("owner", "default"))
    assert ask("SELECT current_user, current_database()") == [(application, early.DATABASE)]
    assert ask("SELECT DISTINCT tableowner FROM pg_tables WHERE schemaname = 'public'") == [(owner,)]
    with pytest.raises(ProgrammingError, match="permission denied for schema public"):
        ask("CREATE TABLE mine (one integer)")


@pytest.mark.django_db
def test_django_s_own_tables_are_open_to_the_application_role():
    table = "has_table_privilege('django_session', 'INSERT')"
    sequence = "has_sequence_privilege('django_migrations_id_seq', 'USAGE')"
    assert ask(f"SELECT {table}, {sequence}") == [(True, True)]


def test_committed_work_is_seen_by_another_process(committed_db):
    Organization.objects.filter(pk=-1).count()  # the connection is open before the other process starts
    code = (
        "import django; django.setup(); from django.db import connection as c\n"
        "with c.cursor() as cursor:\n"
        "    cursor.execute('SELECT current_database(), current_user'); print(*cursor.fetchone())"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "portal.settings"},
    )
    assert done.stdout.split() == [committed_db, connection.settings_dict["USER"]]
    assert ask("SELECT current_database()") == [(committed_db,)]


def test_a_browser_reaches_what_the_test_has_committed(served_portal):
    with urllib.request.urlopen(f"{served_portal}/static/portal/portal.css") as answer:
        assert answer.headers["Content-Type"] == "text/css"
    with (
        pytest.raises(urllib.error.HTTPError) as refusal,
        urllib.request.urlopen(f"{served_portal}/no/such/"),
    ):
        pass
    with refusal.value as answer:
        assert (answer.status, answer.headers["Cache-Control"]) == (404, "no-store")


@pytest.mark.django_db
def test_the_usual_database_is_back_after_a_committed_one():
    assert ask("SELECT current_database()") == [(early.DATABASE,)]


@pytest.mark.parametrize("marker", ["@pytest.mark.django_db(transaction=True)", ""])
def test_a_test_that_would_empty_tables_is_refused(tmp_path, marker):
    fixture = "" if marker else "transactional_db"
    (tmp_path / "test_it.py").write_text(f"import pytest\n{marker}\ndef test_it({fixture}): pass\n")
    (tmp_path / "conftest.py").write_text("from tests.conftest import pytest_collection_modifyitems\n")
    command = [sys.executable, "-m", "pytest", "--collect-only", "-q", "-c", "pyproject.toml", "--rootdir=."]
    done = subprocess.run([*command, tmp_path], capture_output=True, text=True, check=False)
    assert "would empty tables after itself. Use committed_db or served_portal instead." in done.stderr
