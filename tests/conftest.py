"""Fixtures every test may use. Servers and environment are prepared by `tests.early`."""

import fcntl
import os
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg2
import pytest
from django.core.management import call_command
from django.db import connections
from psycopg2 import sql
from psycopg2.errors import DuplicateDatabase, InsufficientPrivilege, ObjectInUse
from pytest_django.live_server_helper import LiveServer
from xdist.scheduler import LoadGroupScheduling

from tests import early
from tests.cast import cast, sign_in  # noqa: F401 (fixtures of every test)
from tests.days import settle

ALIASES = ("default", "owner")
# files whose tests share what takes a minute to build; one worker runs them all
KEPT_TOGETHER = {
    "tests/browser/test_daily_tasks": "the sample shop",
    "tests/browser/test_sample_shop.py": "the sample shop",
    "tests/architecture/walks/": "the stage",
}


class TogetherScheduling(LoadGroupScheduling):
    """Give each test to whichever worker is free, and files that are kept together to one.

    The marks of pytest-xdist 3.8 for this reach nobody under pytest 9.2.
    """

    def _split_scope(self, nodeid: str) -> str:
        return next((group for begins, group in KEPT_TOGETHER.items() if nodeid.startswith(begins)), nodeid)


def pytest_xdist_make_scheduler(config: pytest.Config, log) -> TogetherScheduling | None:
    """Put the tests in the hands of the scheduler above where groups are asked for."""
    return TogetherScheduling(config, log) if config.getvalue("dist") == "loadgroup" else None


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    """Make the days a test is parametrized with count from the day it runs."""
    if callspec := getattr(item, "callspec", None):
        callspec.params.update(settle(callspec.params))


def pytest_addoption(parser: pytest.Parser) -> None:
    """Say how often the races at the gate are run; five hundred rounds take a while."""
    parser.addoption(
        "--race-rounds", type=int, default=24, help="rounds of tests/documents/evidence/test_races.py"
    )


@pytest.fixture(scope="session")
def django_db_setup(django_test_environment: None, django_db_blocker) -> Iterator[None]:
    """Give this worker a database copied from the run's migrated template.

    Plain `db` tests work in it as the application role, in a transaction that is rolled back.
    """
    with django_db_blocker.unblock():
        _make_template()
        create_database(early.DATABASE, template=early.TEMPLATE)
        yield
        connections.close_all()
        drop_database(early.DATABASE)


@pytest.fixture
def committed_db(django_db_setup: None, django_db_blocker, monkeypatch) -> Iterator[str]:
    """Give the test a fresh database in which commits are real and other processes can work.

    Both aliases and the environment's addresses point at it until the test ends. Nothing is flushed, since
    the application role may not empty tables: the database is dropped. The value is its name.
    """
    name = f"{early.DATABASE}_{uuid.uuid4().hex[:8]}"
    create_database(name, template=early.TEMPLATE)
    with django_db_blocker.unblock(), pointed_at(name, monkeypatch):
        yield name
    drop_database(name)


@pytest.fixture
def served_portal(committed_db: str) -> Iterator[str]:
    """Serve the portal to a browser from a thread, on a database of its own; the value is its address."""
    server = LiveServer("127.0.0.1")
    try:
        yield server.url
    finally:
        server.stop()


@contextmanager
def pointed_at(name: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    for variable in ("DATABASE_URL", "DATABASE_OWNER_URL"):
        monkeypatch.setenv(variable, early.with_database(os.environ[variable], name))
    connections.close_all()
    before = {alias: connections.databases[alias]["NAME"] for alias in ALIASES}
    for alias in ALIASES:
        connections.databases[alias]["NAME"] = name
    try:
        yield
    finally:
        connections.close_all()
        for alias in ALIASES:
            connections.databases[alias]["NAME"] = before[alias]


@pytest.fixture
def shared_data(settings) -> Path:
    """Return the folder of real sample files; skip without it, but fail where CI must have it."""
    folder = Path(settings.PORTAL_SHARED_DATA)
    folder = folder if folder.is_absolute() else settings.BASE_DIR / folder
    if folder.is_dir():
        return folder
    reason = f"The real sample files are not at {folder}. Name their folder in PORTAL_SHARED_DATA."
    if os.environ.get("CI", "").lower() in {"1", "true"}:
        pytest.fail(reason)
    pytest.skip(reason)


@pytest.fixture(autouse=True)
def files_folder(settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give each test, and the processes it starts, a folder of stored files of its own."""
    folder = tmp_path / "files"
    settings.MEDIA_ROOT = folder
    monkeypatch.setenv("PORTAL_FILES_DIR", str(folder))
    return folder


def _make_template() -> None:
    """Create and migrate the template, once per run: the first worker does it and the others wait."""
    with (early.RUN / "template.lock").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if (early.RUN / "template.ready").exists():
            return
        create_database(early.TEMPLATE, template="template1")
        with pytest.MonkeyPatch.context() as patch, pointed_at(early.TEMPLATE, patch):
            call_command("migrate", verbosity=0)
        (early.RUN / "template.ready").touch()


def _owner_statement(statement: str, *names: str) -> None:
    """Run one statement as the owner, outside any transaction and outside the tests' databases."""
    address = early.with_database(os.environ["DATABASE_OWNER_URL"], "postgres")
    connection = psycopg2.connect(address)
    connection.autocommit = True
    try:
        with connection.cursor() as cursor:
            cursor.execute(sql.SQL(statement).format(*map(sql.Identifier, names)))
    finally:
        connection.close()


def create_database(name: str, *, template: str) -> None:
    try:
        _owner_statement("CREATE DATABASE {} TEMPLATE {}", name, template)
    except DuplicateDatabase:
        drop_database(name)
        _owner_statement("CREATE DATABASE {} TEMPLATE {}", name, template)


def drop_database(name: str) -> None:
    """Drop a database. PostgreSQL's own vacuum may sit in it for a moment, and the owner may not end that."""
    for pause in (0.2, 0.5, 1, 2, 4):
        try:
            return _owner_statement("DROP DATABASE IF EXISTS {} WITH (FORCE)", name)
        except (InsufficientPrivilege, ObjectInUse):
            time.sleep(pause)
    _owner_statement("DROP DATABASE IF EXISTS {} WITH (FORCE)", name)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Refuse tests that would empty tables afterwards, which the application role may not do.

    Raises: pytest.UsageError naming the first such test.
    """
    for item in items:
        marker = item.get_closest_marker("django_db")
        fixtures = set(getattr(item, "fixturenames", ())) & {"transactional_db", "live_server"}
        if fixtures or (marker and (marker.kwargs.get("transaction") or marker.args[:1] == (True,))):
            raise pytest.UsageError(
                f"{item.nodeid} would empty tables after itself. Use committed_db or served_portal instead."
            )
