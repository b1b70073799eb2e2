import os
import re
import shutil
import signal
import socket
import stat
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import psycopg2
import pytest
import redis

from portal.servers import places
from portal.servers.account import Account, server_account
from portal.servers.pair import ServerPair
from portal.servers.processes import Process
from portal.servers.program import ServerFailed, end_strays
from portal.servers.supervisor import Keeper

ROOT = Path(__file__).resolve().parent.parent.parent


@pytest.fixture
def state() -> Iterator[Path]:
    """Give a state folder that the servers' account can reach, and no sockets left behind."""
    home = Path(tempfile.mkdtemp(prefix="sqp-state-"))
    home.chmod(0o711)
    yield home / "state"
    shutil.rmtree(places.socket_folder(home / "state"), ignore_errors=True)
    shutil.rmtree(home)


def ask(state: Path, statement: str, role: str = places.OWNER_ROLE) -> list[tuple]:
    connection = psycopg2.connect(places.database_address(state, role))
    try:
        with connection, connection.cursor() as cursor:
            cursor.execute(statement)
            return cursor.fetchall() if cursor.description else []
    finally:
        connection.close()


@pytest.mark.serial
def test_a_second_start_keeps_what_the_first_was_given(state):
    with ServerPair(state):
        ask(state, "CREATE TABLE kept AS SELECT 1 AS one")
        redis.Redis.from_url(places.redis_address(state)).set("kept", "too")
    with ServerPair(state):
        assert ask(state, "SELECT one FROM kept") == [(1,)]
        assert redis.Redis.from_url(places.redis_address(state)).get("kept") == b"too"


@pytest.mark.serial
def test_the_server_listens_on_no_port_and_asks_for_a_password(state):
    with ServerPair(state, valkey=False):
        assert ask(state, "SHOW listen_addresses") == [("",)]
        assert ask(state, "SELECT datlocprovider, datcollate FROM pg_database WHERE datname = 'portal'") == [
            ("b", "C")
        ]
        wrong = places.database_address(state, places.OWNER_ROLE).replace(
            places.own_secrets(state)[places.OWNER_ROLE], "guess"
        )
        with pytest.raises(psycopg2.OperationalError, match="password authentication failed"):
            psycopg2.connect(wrong)
        assert stat.S_IMODE(places.socket_folder(state).stat().st_mode) == 0o700


@pytest.mark.serial
def test_the_application_role_may_make_nothing(state):
    with ServerPair(state, valkey=False):
        ask(state, "CREATE TABLE made (one integer)", places.OWNER_ROLE)
        for statement in ("CREATE TABLE mine (one integer)", "SELECT * FROM made", "DROP TABLE made"):
            with pytest.raises(psycopg2.errors.InsufficientPrivilege):
                ask(state, statement, places.APPLICATION_ROLE)


@pytest.mark.serial
def test_only_one_start_at_a_time_uses_a_folder(state):
    with ServerPair(state, valkey=False):
        with pytest.raises(
            ServerFailed, match=f"^The portal already runs from here: another start uses {state}"
        ):
            ServerPair(state, valkey=False).start()
        assert ask(state, "SELECT 1") == [(1,)]


@pytest.mark.serial
def test_a_start_after_kill_9_takes_over_from_what_was_left(state):
    code = (
        "import sys, time; from pathlib import Path; from portal.servers.pair import ServerPair\n"
        "ServerPair(Path(sys.argv[1])).start(); print('up', flush=True); time.sleep(60)"
    )
    parent = subprocess.Popen([sys.executable, "-c", code, state], stdout=subprocess.PIPE, cwd=ROOT)
    with parent:
        assert parent.stdout.readline() == b"up\n"
        ask(state, "CREATE TABLE kept AS SELECT 1 AS one")
        parent.kill()
    left = int((state / "postgres" / "postmaster.pid").read_text().splitlines()[0])
    os.kill(left, 0)  # still there
    with ServerPair(state):
        assert ask(state, "SELECT one FROM kept") == [(1,)]
        assert int((state / "postgres" / "postmaster.pid").read_text().splitlines()[0]) != left


@pytest.mark.serial
def test_a_stale_process_number_of_somebody_else_is_left_alone(state):
    with ServerPair(state, valkey=False):
        pass
    with subprocess.Popen(["sleep", "60"]) as other:
        (state / "postgres" / "postmaster.pid").write_text(f"{other.pid}\n{state / 'postgres'}\n")
        with ServerPair(state, valkey=False):
            assert ask(state, "SELECT 1") == [(1,)]
        assert other.poll() is None
        other.kill()


@pytest.mark.serial
def test_a_killed_database_is_started_again(state):
    with ServerPair(state, valkey=False) as pair:
        postgres = pair.programs[0]
        keeper = Keeper(postgres)
        postgres.process.kill()
        postgres.process.wait()
        until = time.monotonic() + 30
        while not postgres.alive():
            assert time.monotonic() < until
            keeper.look()
            time.sleep(0.1)
        assert ask(state, "SELECT 1") == [(1,)]


def test_the_pause_before_a_restart_grows_and_is_forgiven(tmp_path, caplog):
    now = 0.0
    started: list[float] = []
    program = SimpleNamespace(name="worker", running=False)
    program.alive = lambda: program.running
    program.start = lambda: started.append(now)
    keeper = Keeper(program, clock=lambda: now)
    while now < 70:
        keeper.look()
        now += 0.5
    assert started == [1.0, 3.5, 8.0, 16.5, 33.0, 63.5]
    program.running = True
    now += 61
    keeper.look()
    assert keeper.pause == 1.0


def test_strays_carry_the_mark_of_their_folder(tmp_path):
    mine, other = (Process("sleeper", tmp_path / name, ["sleep", "60"]) for name in ("mine", "other"))
    mine.start()
    other.start()
    # a process that has just begun has no variables to read for a moment
    while not all(Path(f"/proc/{each.process.pid}/environ").read_bytes() for each in (mine, other)):
        time.sleep(0.01)
    try:
        assert end_strays(tmp_path / "mine") == [mine.process.pid]
        assert (mine.process.wait(), other.alive()) == (-signal.SIGTERM, True)
    finally:
        other.stop()


def test_a_process_that_ignores_the_end_signal_is_ended_by_force(tmp_path):
    deaf = "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print(1, flush=True); time.sleep(60)"
    program = Process("deaf", tmp_path, [sys.executable, "-c", deaf])
    program.process = subprocess.Popen(program.command, stdout=subprocess.PIPE)
    with program.process as process:
        assert process.stdout.readline() == b"1\n"
        program.stop(seconds=0.2)
    assert (process.returncode, program.alive()) == (-signal.SIGKILL, False)


def test_secrets_are_made_up_once_and_for_our_eyes_only(tmp_path):
    first = places.own_secrets(tmp_path / "state")
    assert places.own_secrets(tmp_path / "state") == first
    assert sorted(first) == ["portal_admin", "portal_app", "portal_owner", "secret_key"]
    assert len(set(first.values())) == 4
    assert stat.S_IMODE((tmp_path / "state" / "secrets.json").stat().st_mode) == 0o600
    assert [path.name for path in (tmp_path / "state").iterdir()] == ["secrets.json"]


def test_data_of_root_below_a_closed_home_lies_outside_it(state, monkeypatch):
    monkeypatch.delenv("PORTAL_STATE_DIR", raising=False)
    home, checkout = state.parent, state.parent / "checkout"
    checkout.mkdir(mode=0o755)
    nobody = Account(65534, 65534, drops=True)
    assert places.state_folder(checkout=checkout, account=nobody) == checkout / "var"
    home.chmod(0o700)
    outside = places.state_folder(checkout=checkout, account=nobody)
    assert (outside.parent, len(outside.name)) == (places.SYSTEM_STATE, 12)
    assert places.state_folder(checkout=checkout, account=Account(1, 1, drops=False)) == checkout / "var"


def test_sockets_stay_below_the_limit_of_the_kernel(tmp_path, monkeypatch):
    long_path = tmp_path / ("deep-" * 30)
    assert len(str(places.socket_folder(long_path))) < 80
    monkeypatch.setattr("tempfile.tempdir", str(long_path))
    assert str(places.socket_folder(tmp_path)).startswith("/tmp/sqp-")


def test_a_socket_folder_of_somebody_else_is_refused(tmp_path):
    account = server_account()
    folder = places.make_socket_folder(tmp_path, account)
    assert folder == places.make_socket_folder(tmp_path, account)
    folder.rmdir()
    folder.symlink_to(tmp_path)
    try:
        with pytest.raises(ServerFailed, match=f"^{folder} belongs to somebody else."):
            places.make_socket_folder(tmp_path, account)
    finally:
        folder.unlink()


@pytest.mark.serial
def test_run_serves_until_it_is_told_to_stop(state):
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    own = ("DATABASE_URL", "DATABASE_OWNER_URL", "REDIS_URL")
    variables = {name: value for name, value in os.environ.items() if name not in own}
    variables |= {"PORTAL_STATE_DIR": str(state), "PYTHONUNBUFFERED": "1"}
    command = [sys.executable, "manage.py", "run", f"--port={port}"]
    with subprocess.Popen(command, cwd=ROOT, env=variables, stdout=subprocess.PIPE, text=True) as served:
        lines = iter(served.stdout.readline, "")
        ready = next(line for line in lines if line.startswith("Ready:"))
        assert re.fullmatch(rf"Ready: http://localhost:{port}/ \(data in {state}\)\n", ready)
        second = subprocess.run(command, cwd=ROOT, env=variables, capture_output=True, text=True, check=False)
        assert second.stderr == (
            f"CommandError: Port {port} of 127.0.0.1 cannot be used: Address already in use. "
            "Name another one in PORTAL_PORT.\n"
        )
        served.send_signal(signal.SIGINT)
        assert served.wait(60) == 0
    assert end_strays(state) == []
    assert not (state / "postgres" / "postmaster.pid").exists()
