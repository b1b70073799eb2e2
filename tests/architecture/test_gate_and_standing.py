"""What lets something leave reads the facts: it never comes near the chains kept for boards."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
MODULES, KEPT = {"standing", "board"}, "StandingChain"
DECIDING = [
    "documents/domain/gate.py",
    "documents/domain/shipments.py",
    "documents/domain/packages.py",
    "documents/domain/manifest.py",
    *sorted(str(path.relative_to(ROOT)) for path in (ROOT / "documents/domain/chain").glob("*.py")),
]


def ways_to_kept_chains(source: str) -> set[str]:
    """Return the names by which a module reaches for kept chains: what it imports, or an attribute it reads."""
    tree = ast.parse(source)
    imported = {
        part
        for node in ast.walk(tree)
        if isinstance(node, ast.Import | ast.ImportFrom)
        for dotted in (getattr(node, "module", None) or "", *(alias.name for alias in node.names))
        for part in dotted.split(".")
    }
    read = {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
    return imported & {*MODULES, KEPT} | read & {KEPT, "standing_chain"}


@pytest.mark.parametrize("path", DECIDING)
def test_what_decides_never_reads_kept_chains(path):
    assert ways_to_kept_chains((ROOT / path).read_text()) == set()


@pytest.mark.parametrize(
    "source",
    [
        "from documents.domain import standing",
        "import documents.domain.standing",
        "from documents.models import StandingChain",
        "from documents import models\nmodels.StandingChain.objects.all()",
        "lot.standing_chain.slots",
    ],
)
def test_the_test_finds_each_way_to_reach_them(source):
    assert ways_to_kept_chains(source) != set()
