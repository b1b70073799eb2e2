"""The limits of the child process, tried from inside by readers that misbehave."""

import os
import time

import pytest

from portal.intake import child, worker
from portal.intake.child import FAILURES, Limits, ReaderNotAllowed
from portal.intake.unreadable import FileNotReadable

SMALL = Limits(memory_bytes=256 * child.MIB, cpu_seconds=2, wall_seconds=4, output_bytes=child.MIB)


@pytest.fixture
def misbehave(tmp_path, monkeypatch):
    """Run the body of a reader of our own in a real child process, with small limits."""
    formats = tmp_path / "house" / "formats"
    formats.mkdir(parents=True)
    (tmp_path / "portal").symlink_to(worker.ROOT / "portal")
    own_worker = tmp_path / "portal_worker.py"
    source = worker.ROOT.joinpath("portal/intake/worker.py").read_text()
    own_worker.write_text(source.replace("Path(__file__).resolve().parents[2]", f"Path({str(tmp_path)!r})"))
    monkeypatch.setattr(child, "WORKER", own_worker)

    def run(body: str, content: bytes = b"x", on_step=None):
        (formats / "reader.py").write_text(f"def read(content):\n    {body}\n")
        return child.run(reader="house.formats.reader:read", content=content, limits=SMALL, on_step=on_step)

    return run


def test_a_well_behaved_reader_answers(misbehave):
    assert misbehave("return {'bytes': len(content)}", b"12345") == {"bytes": 5}


@pytest.mark.parametrize(
    ("body", "failure"),
    [
        ("return len(bytearray(10**9))", "memory"),
        ("\n    while True: pass", "time"),
        ("import time; time.sleep(60)", "time"),
        ("return 'x' * 5_000_000", "output"),
        ("import os; os.abort()", "memory"),
        ("import ctypes; ctypes.string_at(0)", "error"),
        ("raise KeyError('what')", "error"),
        ("return read(content)", "depth"),
        ("import os; os._exit(0)", "error"),
    ],
)
def test_a_misbehaving_reader_ends_in_a_sentence(misbehave, body, failure):
    begun = time.monotonic()
    with pytest.raises(FileNotReadable) as refusal:
        misbehave(body)
    assert refusal.value.sentence == FAILURES[failure]
    assert time.monotonic() - begun < 20


def test_the_reader_inherits_no_environment_and_no_files(misbehave, monkeypatch):
    monkeypatch.setenv("SECRET_KEY", "not-for-parsers")
    opened = os.open(__file__, os.O_RDONLY)
    os.set_inheritable(opened, True)
    try:
        seen = misbehave("import os; return [dict(os.environ), sorted(os.listdir('/proc/self/fd'))]")
    finally:
        os.close(opened)
    assert sorted(seen[0]) == ["HOME", "LANG", "PATH", "TMPDIR"]
    assert seen[1] == ["0", "1", "2", "3"]  # the fourth is the listing itself


def test_the_reader_has_no_network_where_the_wall_stands(misbehave):
    if child.wall() != child.NO_NETWORK:
        assert os.environ.get("CI") != "true", child.NETWORK_NOT_REMOVED
        pytest.skip(child.NETWORK_NOT_REMOVED)
    assert misbehave("import socket; return [name for _, name in socket.if_nameindex()]") in (["lo"], [])


def test_the_reader_leaves_no_child_behind(misbehave):
    body = (
        "import subprocess, sys\n"
        "    kept = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(60)'])\n"
        "    return kept.pid"
    )
    left = misbehave(body)
    for _ in range(50):
        if not os.path.exists(f"/proc/{left}") or _is_ended(left):
            return
        time.sleep(0.1)
    pytest.fail(f"process {left} outlived its reader")


def _is_ended(pid: int) -> bool:
    try:
        with open(f"/proc/{pid}/stat", encoding="ascii") as opened:
            return opened.read().rpartition(")")[2].split()[0] in "ZX"
    except FileNotFoundError:
        return True


def test_an_oversized_file_is_refused_before_anything_starts():
    with pytest.raises(FileNotReadable, match="The file has 2 MiB; at most 1 MiB are read."):
        child.run(
            reader="portal.intake.reading:look_inside",
            content=bytes(2 * child.MIB),
            limits=Limits(input_bytes=child.MIB),
        )


@pytest.mark.parametrize(
    "reader", ["os:system", "portal.domain.files:store", "routes.formats:x", "a.formats.b:c.d"]
)
def test_only_readers_of_the_house_may_run(reader):
    with pytest.raises(ReaderNotAllowed):
        child.run(reader=reader, content=b"x")


def test_how_far_a_reader_is_comes_before_its_answer(misbehave):
    body = (
        "import time\n"
        "    from portal.intake import steps\n"
        "    for done in range(3):\n"
        "        steps.tell(done, 2)\n"
        "        time.sleep(0.3)\n"
        "    return 'read'"
    )
    told = []
    assert misbehave(body, on_step=lambda *step: told.append(step)) == "read"
    assert told == [(0, 2), (1, 2), (2, 2)]
