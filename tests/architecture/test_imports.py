"""The house's order: portal ← routes ← subcontract ← inspection ← documents, also where imports do not show it."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db.migrations.loader import MigrationLoader

ROOT = Path(__file__).resolve().parent.parent.parent
ORDER = ["portal", "routes", "subcontract", "inspection", "documents"]
RANK = {name: number for number, name in enumerate(ORDER)}


def sources() -> list[tuple[str, Path]]:
    return [(app, path) for app in ORDER for path in sorted((ROOT / app).rglob("*.py"))]


def looks_forward(app: str, other: str) -> bool:
    return RANK.get(other, -1) > RANK[app]


def test_imports_run_against_the_flow():
    command = [Path(sys.executable).with_name("lint-imports"), "--no-cache"]
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, check=False)
    assert done.returncode == 0, done.stdout


def test_no_relation_points_to_a_later_app():
    forward = [
        f"{model._meta.label}.{field.name} → {field.related_model._meta.label}"
        for app in ORDER
        for model in apps.get_app_config(app).get_models(include_auto_created=True)
        for field in model._meta.get_fields()
        if field.is_relation and not field.auto_created and field.related_model is not None
        if looks_forward(app, field.related_model._meta.app_label)
    ]
    assert forward == []


def test_no_relation_is_generic():
    generic = [
        f"{model._meta.label}.{field.name}"
        for app in ORDER
        for model in apps.get_app_config(app).get_models()
        for field in model._meta.get_fields()
        if field.is_relation and field.related_model is None
    ]
    assert generic == []


def test_no_migration_depends_on_a_later_app():
    disk = MigrationLoader(None).disk_migrations
    forward = [
        f"{app}.{name} → {other[0]}.{other[1]}"
        for (app, name), migration in disk.items()
        if app in RANK
        for other in [*migration.dependencies, *migration.run_before]
        if looks_forward(app, other[0])
    ]
    assert forward == []


def late_names(app: str, tree: ast.AST) -> list[str]:
    """Return the later apps' models that a module reaches for by a text such as "inspection.Gauge"."""
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call)]
    reaching = {
        "get_model",
        "ForeignKey",
        "OneToOneField",
        "ManyToManyField",
        "get_app_config",
        "import_module",
    }
    found = []
    for call in calls:
        name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
        texts = [*call.args, *(keyword.value for keyword in call.keywords)]
        for text in texts if name in reaching else []:
            if isinstance(text, ast.Constant) and isinstance(text.value, str):
                other = text.value.partition(".")[0]
                found += [text.value] if looks_forward(app, other) else []
    return found


def test_no_text_reaches_for_a_later_app():
    found = [
        f"{path.relative_to(ROOT)}: {name}"
        for app, path in sources()
        for name in late_names(app, ast.parse(path.read_text(encoding="utf-8")))
    ]
    assert found == []


def test_the_search_for_texts_finds_each_way_to_reach_forward():
    module = ast.parse(
        'a = apps.get_model("documents.Slot")\n'
        'b = apps.get_model("documents", "Slot")\n'
        'c = models.ForeignKey("inspection.Gauge", on_delete=1)\n'
        'd = models.ManyToManyField(to="inspection.Gauge")\n'
        'e = import_module("documents.domain.chain")\n'
        'f = models.ForeignKey("portal.Person", on_delete=1)\n'
    )
    assert late_names("routes", module) == [
        "documents.Slot",
        "documents",
        "inspection.Gauge",
        "inspection.Gauge",
        "documents.domain.chain",
    ]


def test_no_drawer_is_named_after_nothing():
    drawers = {"utils.py", "helpers.py", "common.py", "misc.py"}
    assert [str(path.relative_to(ROOT)) for _, path in sources() if path.name in drawers] == []


def test_no_module_is_too_long():
    written = [path for _, path in sources() if path.parent.name != "migrations"]
    lengths = {path: len(path.read_text(encoding="utf-8").splitlines()) for path in written}
    long = [str(path.relative_to(ROOT)) for path, length in lengths.items() if length > 500]
    # buyers carry it away: it must be one file
    assert long == ["documents/verify_package.py"]


@pytest.mark.django_db
def test_the_models_ask_for_no_migration():
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)
