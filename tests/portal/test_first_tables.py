"""First migrations make each table once, and the same tables Django makes step by step."""

import pytest
from django.db import connections, migrations, models, transaction
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.state import ProjectState

from portal.first_tables import FirstTables

OURS = ("portal", "routes", "subcontract", "inspection", "documents")
# two tables that lead to one another, and what is added to them afterwards
OPERATIONS = [
    migrations.CreateModel(
        "Hen", [("id", models.BigAutoField(primary_key=True)), ("name", models.TextField())]
    ),
    migrations.CreateModel(
        "Egg",
        [
            ("id", models.BigAutoField(primary_key=True)),
            ("laid_by", models.ForeignKey("portal.hen", models.PROTECT)),
            ("grams", models.IntegerField()),
        ],
    ),
    migrations.AddField("hen", "out_of", models.ForeignKey("portal.egg", models.PROTECT, null=True)),
    migrations.AddIndex("egg", models.Index(fields=["grams"], name="egg_grams")),
    migrations.AddConstraint(
        "hen", models.UniqueConstraint(fields=["name", "out_of"], name="one_name_out_of_an_egg")
    ),
    migrations.AddConstraint(
        "egg", models.CheckConstraint(condition=models.Q(grams__gt=0), name="egg_weighs_something")
    ),
]


def tables_made(kind):
    """Return the columns, indexes and constraints a migration makes, and the state it leaves; takes them back."""
    connection = connections["owner"]
    migration = kind("0001_initial", "portal")
    migration.operations = OPERATIONS
    with transaction.atomic("owner"):
        with connection.schema_editor() as editor:
            state = migration.apply(ProjectState(), editor)
        with connection.cursor() as cursor:
            found = {}
            for table in ("portal_hen", "portal_egg"):
                columns = connection.introspection.get_table_description(cursor, table)
                found[table] = (
                    [tuple(column) for column in columns],
                    sorted_constraints(connection, cursor, table),
                )
        transaction.set_rollback(True, "owner")
    return found, {name: sorted(model.fields) for name, model in state.models.items()}


def sorted_constraints(connection, cursor, table):
    return sorted(connection.introspection.get_constraints(cursor, table).items())


@pytest.mark.django_db(databases=["default", "owner"])
def test_the_tables_are_those_django_makes_step_by_step():
    ours, theirs = tables_made(FirstTables), tables_made(migrations.Migration)
    assert ours == theirs
    assert {"egg_grams", "egg_weighs_something"} < dict(ours[0]["portal_egg"][1]).keys()


@pytest.mark.parametrize(
    "operation",
    [
        migrations.RunSQL("SELECT 1"),
        migrations.RemoveField("hen", "name"),
        migrations.AddField("event", "hen", models.TextField()),
    ],
)
def test_whatever_is_no_new_table_is_refused(operation):
    migration = FirstTables("0001_initial", "portal")
    migration.operations = [*OPERATIONS, operation]
    with pytest.raises(TypeError, match="makes tables and no more"):
        migration.apply(ProjectState(), None)


def test_every_application_starts_with_one():
    """Written anew by `make migrations`, a first migration has Django's class and takes a minute of everybody."""
    found = MigrationLoader(None).disk_migrations
    assert [app for app in OURS if not isinstance(found[app, "0001_initial"], FirstTables)] == []
