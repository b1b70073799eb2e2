"""The published data sets, read from where the tests find them."""

from __future__ import annotations

import csv
from pathlib import Path


def columns(path: Path) -> list[list[str]]:
    """Return the rows of a table parted by white space, without its head."""
    return [line.split() for line in path.read_text().splitlines()[1:] if line.strip()]


def expected(data: Path) -> dict[tuple[str, str], str]:
    """Return every computed figure by data set and quantity."""
    with (data / "spc" / "expected_qcc.csv").open() as lines:
        return {(row["dataset"], row["quantity"]): row["value"] for row in csv.DictReader(lines)}


def piston_rings(data: Path) -> list[list[float]]:
    """Return the 25 trial subgroups of five diameters."""
    rows = [float(row[0]) for row in columns(data / "spc/qcc/pistonrings.txt") if row[2] == "TRUE"]
    return [rows[at : at + 5] for at in range(0, len(rows), 5)]


def trial(data: Path, name: str) -> list[list[float]]:
    """Return the numbers of the trial rows of a table."""
    return [
        [float(each) for each in row[:-1]]
        for row in columns(data / f"spc/qcc/{name}.txt")
        if row[-1] == "TRUE"
    ]


def jasp(data: Path, name: str) -> list[dict[str, str]]:
    """Return the rows of one of the comma tables."""
    with (data / "spc" / "jasp" / name).open(encoding="utf-8-sig") as lines:
        return list(csv.DictReader(lines))
