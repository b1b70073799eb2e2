import re
import tomllib
from pathlib import Path

import pytest
from packaging.version import Version

ROOT = Path(__file__).resolve().parent.parent.parent
LOCKS = ("requirements.lock", "requirements-dev.lock")


def locked(name: str) -> dict[str, Version]:
    text = (ROOT / name).read_text(encoding="utf-8")
    pins = re.findall(r"^([a-z0-9._-]+)==([^\s;\\]+)", text, flags=re.MULTILINE)
    return {package: Version(version) for package, version in pins}


def floors() -> dict[str, Version]:
    lines = (ROOT / "requirements.floors").read_text(encoding="utf-8").splitlines()
    pairs = (line.split("#")[0].split() for line in lines if line.split("#")[0].strip())
    return {package: Version(version) for package, version in pairs}


@pytest.mark.parametrize("name", LOCKS)
def test_no_lock_goes_below_a_floor(name):
    pins = locked(name)
    assert {package: pins[package] for package, floor in floors().items() if pins[package] < floor} == {}


@pytest.mark.parametrize("name", [*LOCKS, "requirements.floors", "pyproject.toml"])
def test_requirements_name_no_address(name):
    assert "://" not in (ROOT / name).read_text(encoding="utf-8")


@pytest.mark.parametrize("name", LOCKS)
def test_every_pin_carries_a_hash(name):
    blocks = re.split(r"\n(?=[a-z])", (ROOT / name).read_text(encoding="utf-8").strip())
    assert [block.split()[0] for block in blocks if "--hash=sha256:" not in block] == []


def test_both_locks_pin_the_same_versions():
    runtime, development = (locked(name) for name in LOCKS)
    assert {package: development.get(package) for package in runtime} == runtime


def test_every_named_requirement_is_locked():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    named = project["dependencies"] + project["optional-dependencies"]["embedded"]
    names = {re.match(r"[a-z0-9._-]+", requirement).group() for requirement in named}
    assert names - locked("requirements.lock").keys() == set()
