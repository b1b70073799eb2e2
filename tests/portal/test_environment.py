import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from portal import environment
from portal.environment import BadEnvironment

ROOT = Path(__file__).resolve().parent.parent.parent
PRODUCTION = {
    "PATH": os.environ["PATH"],
    "PORTAL_EMBEDDED": "0",
    "SECRET_KEY": "k" * 50,
    "PORTAL_LOG_KEY": "elsewhere",
    "DATABASE_URL": "postgresql://portal_app:word@db.example/portal",
    "DATABASE_OWNER_URL": "postgresql://portal_owner:word@db.example/portal",
    "REDIS_URL": "redis://redis.example:6379/0",
    "PORTAL_HOSTS": "portal.example",
}


def settings_of(variables: dict[str, str], expression: str) -> tuple[int, str]:
    """Return the exit code and the last line of a fresh process that reads the settings."""
    code = f"from portal import settings as s; print({expression})"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, env=variables, check=False
    )
    return done.returncode, (done.stdout + done.stderr).strip().splitlines()[-1]


@pytest.mark.parametrize(
    ("word", "truth"), [("1", True), ("yes", True), ("ON", True), ("0", False), ("", True)]
)
def test_flag_reads_yes_and_no(monkeypatch, word, truth):
    monkeypatch.setenv("PORTAL_THING", word)
    assert environment.flag("PORTAL_THING", default=True) is truth


def test_flag_refuses_another_word(monkeypatch):
    monkeypatch.setenv("PORTAL_THING", "perhaps")
    with pytest.raises(BadEnvironment) as refusal:
        environment.flag("PORTAL_THING", default=True)
    assert str(refusal.value) == "PORTAL_THING is 'perhaps', which is neither yes nor no. Use 1 or 0."


@pytest.mark.parametrize("value", ["0", "65", "-1", "1.5", "٣", "9" * 5000])
def test_whole_number_refuses_what_lies_outside(monkeypatch, value):
    monkeypatch.setenv("PORTAL_THING", "64")
    assert environment.whole_number("PORTAL_THING", 2, 1, 64) == 64
    monkeypatch.setenv("PORTAL_THING", value)
    with pytest.raises(BadEnvironment) as refusal:
        environment.whole_number("PORTAL_THING", 2, 1, 64)
    assert str(refusal.value) == f"PORTAL_THING is {value!r}. Use a whole number from 1 to 64."


def test_folder_refuses_a_relative_path(monkeypatch):
    monkeypatch.setenv("PORTAL_THING", "/srv/files")
    assert environment.folder("PORTAL_THING", ROOT) == Path("/srv/files")
    monkeypatch.setenv("PORTAL_THING", "files")
    with pytest.raises(BadEnvironment) as refusal:
        environment.folder("PORTAL_THING", ROOT)
    assert str(refusal.value) == "PORTAL_THING is 'files', a relative path. Give the folder from the root."


def test_secret_may_come_from_a_file(monkeypatch, tmp_path):
    path = tmp_path / "secret"
    path.write_text("open sesame\n")
    monkeypatch.setenv("PORTAL_THING_FILE", str(path))
    assert environment.secret("PORTAL_THING") == "open sesame"
    monkeypatch.setenv("PORTAL_THING", "given too")
    with pytest.raises(BadEnvironment) as refusal:
        environment.secret("PORTAL_THING")
    assert str(refusal.value) == "PORTAL_THING and PORTAL_THING_FILE are both set. Keep one of them."


@pytest.mark.parametrize(
    ("content", "why"), [(None, "cannot be read"), (b"", "is empty"), (b"\xff\xfe", "cannot be read")]
)
def test_secret_refuses_an_unreadable_or_empty_file(monkeypatch, tmp_path, content, why):
    path = tmp_path / "secret"
    if content is not None:
        path.write_bytes(content)
    monkeypatch.setenv("PORTAL_THING_FILE", str(path))
    with pytest.raises(BadEnvironment, match=f"^PORTAL_THING_FILE names {path}, which {why}"):
        environment.secret("PORTAL_THING")


def test_database_reads_each_part():
    found = environment.database(
        "DATABASE_URL", "postgresql://me:a%40b@host.example:6432/shop?sslmode=require"
    )
    assert {name: found[name] for name in ("NAME", "USER", "PASSWORD", "HOST", "PORT", "OPTIONS")} == {
        "NAME": "shop",
        "USER": "me",
        "PASSWORD": "a@b",
        "HOST": "host.example",
        "PORT": "6432",
        "OPTIONS": {"options": "-c jit=off", "sslmode": "require"},
    }


@pytest.mark.parametrize(
    ("address", "sentence"),
    [
        ("sqlite:///db", "must begin with postgresql:// since no other database is supported."),
        ("postgresql://host/db", "must name a role and a database: postgresql://role:password@host/name."),
        ("postgresql://me@host/", "must name a role and a database: postgresql://role:password@host/name."),
        ("postgresql://me@host/db?hots=1", "has an option nobody reads: hots. Keep host and sslmode."),
        (
            "postgresql://me@host:1x/db",
            "is not an address: Port could not be cast to integer value as '1x'.",
        ),
    ],
)
def test_database_refuses_another_address(address, sentence):
    with pytest.raises(BadEnvironment) as refusal:
        environment.database("DATABASE_URL", address)
    assert str(refusal.value) == f"DATABASE_URL {sentence}"


def test_broker_spells_a_socket_as_celery_does():
    assert environment.broker("REDIS_URL", "redis://host:6379/2") == "redis://host:6379/2"
    assert (
        environment.broker("REDIS_URL", "unix:///run/v.sock?db=3")
        == "redis+socket:///run/v.sock?virtual_host=3"
    )
    with pytest.raises(BadEnvironment) as refusal:
        environment.broker("REDIS_URL", "amqp://host")
    assert str(refusal.value) == "REDIS_URL must begin with redis://, rediss:// or unix://."


def test_settings_take_production_addresses_and_stay_safe():
    shown = "s.DATABASES['default']['USER'], s.DEBUG, s.SESSION_COOKIE_SECURE, len(s.PASSWORD_HASHERS)"
    assert settings_of(PRODUCTION, shown) == (0, "portal_app False True 1")


@pytest.mark.parametrize(
    ("missing", "sentence"),
    [
        ("SECRET_KEY", "SECRET_KEY is not set."),
        ("PORTAL_LOG_KEY", "PORTAL_LOG_KEY is not set."),
        ("DATABASE_URL", "DATABASE_URL is not set and PORTAL_EMBEDDED is 0."),
        ("REDIS_URL", "REDIS_URL is not set and PORTAL_EMBEDDED is 0."),
    ],
)
def test_settings_refuse_to_start_without(missing, sentence):
    variables = {name: value for name, value in PRODUCTION.items() if name != missing}
    code, line = settings_of(variables, "'started'")
    assert (code, line.partition(": ")[2].startswith(sentence)) == (1, True), line


def test_settings_accept_the_fast_hasher_only_for_the_sample_shop():
    fast = {**PRODUCTION, "PORTAL_FAST_HASHER": "1"}
    assert settings_of({**fast, "PORTAL_DEMO": "1"}, "len(s.PASSWORD_HASHERS)") == (0, "2")
    code, line = settings_of(fast, "'started'")
    assert (code, "PORTAL_FAST_HASHER is on, which protects no password." in line) == (1, True)


def test_the_same_role_for_both_databases_is_an_error():
    def check(owner: str) -> tuple[int, bool]:
        address = f"postgresql://{owner}:word@db.example/portal"
        done = subprocess.run(
            [sys.executable, "manage.py", "check"],
            capture_output=True,
            text=True,
            cwd=ROOT,
            env={**PRODUCTION, "DATABASE_OWNER_URL": address},
            check=False,
        )
        return done.returncode, "portal.E001" in done.stderr

    assert check("portal_owner") == (0, False)
    assert check("portal_app") == (1, True)


def test_every_variable_is_in_the_example():
    reader = re.compile(r'environment\.(?:text|flag|secret|folder|listing|whole_number)\(\s*"([A-Z_]+)"')
    apps = ("portal", "routes", "subcontract", "inspection", "documents")
    sources = (path for app in apps for path in (ROOT / app).rglob("*.py"))
    read = {name for path in sources for name in reader.findall(path.read_text(encoding="utf-8"))}
    example = (ROOT / ".env.example").read_text(encoding="utf-8")
    listed = set(re.findall(r"^([A-Z_]+)=$", example, flags=re.MULTILINE))
    compose = set(re.findall(r"\$\{([A-Z_]+)", (ROOT / "docker-compose.yml").read_text(encoding="utf-8")))
    assert listed == read | compose


@pytest.mark.parametrize("address", ["", "unix:///run/clamav/clamd.ctl", "tcp://clamd:3310"])
def test_scanner_address_is_read(monkeypatch, address):
    monkeypatch.setenv("PORTAL_CLAMD", address)
    assert environment.scanner("PORTAL_CLAMD") == address


@pytest.mark.parametrize(
    "address", ["clamd", "tcp://clamd", "unix://", "tcp://clamd:many", "https://clamd:3310"]
)
def test_scanner_address_that_is_none_stops_the_start(monkeypatch, address):
    monkeypatch.setenv("PORTAL_CLAMD", address)
    with pytest.raises(
        BadEnvironment, match="PORTAL_CLAMD must be unix:///folder/clamd.ctl or tcp://host:port"
    ):
        environment.scanner("PORTAL_CLAMD")
