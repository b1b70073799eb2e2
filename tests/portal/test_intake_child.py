"""The limits of the child process, tried from inside by readers that misbehave."""

import os
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from portal.intake import child
from portal.intake.child import FAILURES, Limits, ReaderNotAllowed
from portal.intake.nursery import ROOT, Nursery
from portal.intake.unreadable import FileNotReadable

HOLDER = [sys.executable, "-c", "held = b'x' * 120 * 2**20; import time; time.sleep(60)"]
SMALL = Limits(memory_bytes=256 * child.MIB, cpu_seconds=2, wall_seconds=4, output_bytes=child.MIB)


@pytest.fixture
def misbehave(tmp_path, monkeypatch):
    """Run the body of a reader of our own in a real child process, with small limits."""
    formats = tmp_path / "house" / "formats"
    formats.mkdir(parents=True)
    (tmp_path / "portal").symlink_to(ROOT / "portal")
    own = Nursery(tmp_path)
    monkeypatch.setattr(child, "nursery", own)

    def run(body: str, content: bytes = b"x", on_step=None):
        (formats / "reader.py").write_text(f"def read(content):\n    {body}\n")
        return child.run(reader="house.formats.reader:read", content=content, limits=SMALL, on_step=on_step)

    yield run
    own.close()


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
        # each below the wall, all together above it
        (
            f"import subprocess as s; [s.Popen({HOLDER!r}) for _ in range(3)]; [].append(s.time.sleep(60))",
            "memory",
        ),
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
    assert sorted(seen[0]) == ["HOME", "LANG", "MALLOC_ARENA_MAX", "MALLOC_MMAP_THRESHOLD_", "PATH", "TMPDIR"]
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
    assert _is_gone(left)


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


def test_a_file_is_read_although_the_process_that_starts_readers_is_ended(misbehave):
    assert misbehave("return len(content)") == 1
    child.nursery._cradle.kill()
    assert misbehave("return len(content)", b"12345") == 5


def test_a_cradle_that_ends_in_the_middle_costs_a_second_reading_and_leaves_no_reader_behind(
    misbehave, tmp_path
):
    first = tmp_path / "first"
    body = (
        f"import os, pathlib, signal, time\n    first = pathlib.Path({str(first)!r})\n"
        "    if not first.exists():\n"
        "        first.write_text(str(os.getpid()))\n"
        "        os.kill(os.getppid(), signal.SIGKILL)\n"
        "        time.sleep(60)\n"
        "    return len(content)"
    )
    assert misbehave(body, b"12345") == 5
    assert _is_gone(int(first.read_text()))


def test_readers_do_not_outlive_the_process_that_asked_for_them(tmp_path):
    noted = tmp_path / "noted"
    reader = tmp_path / "documents" / "formats" / "slow.py"
    reader.parent.mkdir(parents=True)
    (tmp_path / "portal").symlink_to(ROOT / "portal")
    reader.write_text(
        "import os, pathlib, time\n"
        f"def read(content):\n    pathlib.Path({str(noted)!r}).write_text(str(os.getpid()))\n    time.sleep(60)\n"
    )
    asking = (
        f"import sys; sys.path.insert(0, {str(ROOT)!r})\nfrom pathlib import Path\n"
        "from portal.intake import child, nursery\n"
        f"child.nursery = nursery.Nursery(Path({str(tmp_path)!r}))\n"
        "child.run(reader='documents.formats.slow:read', content=b'x')\n"
    )
    asker = subprocess.Popen([sys.executable, "-c", asking])
    for _ in range(200):
        if noted.exists() and noted.read_text():
            break
        time.sleep(0.1)
    asker.kill()
    asker.wait()
    assert _is_gone(int(noted.read_text()))


def test_two_files_are_read_at_the_same_time_by_readers_that_share_nothing(misbehave):
    body = (
        "import time\n"
        "    global SEEN\n"
        "    before = globals().get('SEEN')\n"
        "    SEEN = content.decode()\n"
        "    time.sleep(0.5)\n"
        "    return [before, SEEN]"
    )
    with ThreadPoolExecutor(2) as threads:
        begun = time.monotonic()
        both = list(threads.map(lambda content: misbehave(body, content), [b"one", b"two"]))
    assert both == [[None, "one"], [None, "two"]]
    assert misbehave(body, b"three") == [None, "three"]
    assert time.monotonic() - begun < 20


def _is_gone(pid: int) -> bool:
    for _ in range(50):
        if not os.path.exists(f"/proc/{pid}") or _is_ended(pid):
            return True
        time.sleep(0.1)
    return False
