"""Migration operations that make PostgreSQL itself guard the evidence.

Two roles from the first migration: the owner migrates, the application signs in as another role that may add rows
to evidence tables and never change or remove one. A trigger says the same to everybody else.
"""

from __future__ import annotations

from django.conf import settings
from django.db.migrations.operations.base import Operation


def application_role() -> str:
    """Return the name of the database role the application signs in as."""
    return settings.DATABASES["default"]["USER"]


class _Sql(Operation):
    """An operation that only runs SQL; it changes no model state."""

    reversible = True

    def state_forwards(self, app_label, state):
        return None

    def run(self, schema_editor, statements):
        for statement in statements:
            schema_editor.execute(statement, params=None)


class NumberSequences(_Sql):
    """Create the sequences that people's record numbers come from."""

    def __init__(self, prefixes):
        self.prefixes = tuple(prefixes)

    def deconstruct(self):
        return (type(self).__name__, [self.prefixes], {})

    def database_forwards(self, app_label, schema_editor, from_state, to_state):
        self.run(schema_editor, [f"CREATE SEQUENCE number_{prefix.lower()}" for prefix in self.prefixes])

    def database_backwards(self, app_label, schema_editor, from_state, to_state):
        self.run(schema_editor, [f"DROP SEQUENCE number_{prefix.lower()}" for prefix in self.prefixes])

    def describe(self):
        return "Create the number sequences"


class RefuseChange(_Sql):
    """Create the trigger function that refuses to change evidence."""

    def database_forwards(self, app_label, schema_editor, from_state, to_state):
        self.run(
            schema_editor,
            [
                "CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
                "RAISE EXCEPTION 'evidence in % is never changed or removed', TG_TABLE_NAME "
                "USING ERRCODE = 'integrity_constraint_violation'; END $$"
            ],
        )

    def database_backwards(self, app_label, schema_editor, from_state, to_state):
        self.run(schema_editor, ["DROP FUNCTION refuse_change()"])

    def describe(self):
        return "Create the guard of evidence"


class AppendOnly(_Sql):
    """Make the tables of these models append-only, by trigger and by role."""

    def __init__(self, *model_names):
        self.model_names = model_names

    def deconstruct(self):
        return (type(self).__name__, list(self.model_names), {})

    def _tables(self, app_label, state):
        return [state.apps.get_model(app_label, name)._meta.db_table for name in self.model_names]

    def database_forwards(self, app_label, schema_editor, from_state, to_state):
        role = schema_editor.quote_name(application_role())
        for table in self._tables(app_label, to_state):
            quoted = schema_editor.quote_name(table)
            self.run(
                schema_editor,
                [
                    f"REVOKE UPDATE, DELETE, TRUNCATE ON {quoted} FROM {role}",
                    f"CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON {quoted} "
                    "FOR EACH ROW EXECUTE FUNCTION refuse_change()",
                    f"CREATE TRIGGER append_only_all BEFORE TRUNCATE ON {quoted} "
                    "FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()",
                ],
            )

    def database_backwards(self, app_label, schema_editor, from_state, to_state):
        for table in self._tables(app_label, to_state):
            quoted = schema_editor.quote_name(table)
            self.run(
                schema_editor,
                [
                    f"DROP TRIGGER append_only ON {quoted}",
                    f"DROP TRIGGER append_only_all ON {quoted}",
                ],
            )

    def describe(self):
        return f"Make append-only: {', '.join(self.model_names)}"
