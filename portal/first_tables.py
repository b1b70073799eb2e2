"""The migration an application starts with: its tables, each made once and whole.

Django changes its picture of all models with every operation, and renders each related model anew for it. Where
nearly every table leads to every other, as in this house, that is the square of their number: two thirds of a
migration from nothing went into pictures nobody looked at.
"""

from __future__ import annotations

from django.db.migrations import AddConstraint, AddField, AddIndex, CreateModel, Migration

# what a table that is made from the last picture already has
CONTAINED = (AddField, AddIndex, AddConstraint)


class FirstTables(Migration):
    """A first migration: only new tables, and what belongs to them, of its own application."""

    initial = True

    def apply(self, project_state, schema_editor, collect_sql=False):
        """Draw the picture of all the tables at once, then make each of them from it.

        Foreign keys are laid when every table is there (by the schema editor, at the end), so circles do no harm.
        Source:  Migration.apply of Django, which this stands for. Raises: TypeError for any other operation.
        """
        made = {each.name_lower for each in self.operations if isinstance(each, CreateModel)}
        for operation in self.operations:
            if not isinstance(operation, CreateModel) and not self._is_contained(operation, made):
                raise TypeError(f"A first migration makes tables and no more: {operation.describe()}.")
        # the rendered models of before: kept, each operation would render all that hang together anew
        project_state.__dict__.pop("apps", None)
        for operation in self.operations:
            operation.state_forwards(self.app_label, project_state)
        for operation in self.operations:
            if isinstance(operation, CreateModel):
                operation.database_forwards(self.app_label, schema_editor, project_state, project_state)
        return project_state

    @staticmethod
    def _is_contained(operation, made: set[str]) -> bool:
        return isinstance(operation, CONTAINED) and operation.model_name_lower in made
