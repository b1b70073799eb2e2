import uuid

import django.contrib.postgres.fields
import django.db.models.deletion
import simple_history.models
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("portal", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Characteristic",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "identity",
                    models.UUIDField(
                        default=uuid.uuid4,
                        editable=False,
                        help_text="The same in every revision of the part.",
                    ),
                ),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("balloon", models.CharField(max_length=20)),
                ("position", models.PositiveIntegerField(help_text="Order on the drawing and on forms.")),
                (
                    "zone",
                    models.CharField(blank=True, help_text="Sheet and zone, as in 1 B4.", max_length=20),
                ),
                ("name", models.CharField(max_length=120)),
                ("kind", models.CharField(blank=True, help_text="Diameter, flatness, note…", max_length=60)),
                (
                    "requirement",
                    models.CharField(help_text="As it is printed in field 8 of Form 3.", max_length=300),
                ),
                ("nominal", models.DecimalField(blank=True, decimal_places=8, max_digits=18, null=True)),
                ("lower", models.DecimalField(blank=True, decimal_places=8, max_digits=18, null=True)),
                ("upper", models.DecimalField(blank=True, decimal_places=8, max_digits=18, null=True)),
                ("unit", models.CharField(blank=True, max_length=10)),
                (
                    "designator",
                    models.CharField(blank=True, help_text="KC, CI or the customer's sign.", max_length=20),
                ),
                (
                    "applies_to",
                    models.CharField(
                        choices=[
                            ("before", "Before finish"),
                            ("after", "After finish"),
                            ("both", "Before and after finish"),
                            ("unspecified", "Not said by the drawing"),
                        ],
                        default="unspecified",
                        max_length=12,
                    ),
                ),
                ("is_reference", models.BooleanField(default=False)),
                (
                    "source_id",
                    models.CharField(
                        blank=True, help_text="Item id in the file it came from.", max_length=80
                    ),
                ),
                (
                    "source_name",
                    models.CharField(blank=True, help_text="Name in result files.", max_length=120),
                ),
                (
                    "source_occurrence",
                    models.PositiveSmallIntegerField(default=1, help_text="Which one among equal names."),
                ),
            ],
            options={
                "ordering": ["part_revision", "position"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("lower__isnull", True),
                            ("upper__isnull", True),
                            ("lower__lte", models.F("upper")),
                            _connector="OR",
                        ),
                        name="characteristic_limits_in_order",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("lower__isnull", True), ("upper__isnull", True)),
                            models.Q(("unit", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="characteristic_limits_have_a_unit",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Gauge",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.CharField(max_length=40, unique=True)),
                ("kind", models.CharField(max_length=60)),
                ("description", models.CharField(blank=True, max_length=200)),
                ("is_active", models.BooleanField(default=True)),
            ],
            options={
                "ordering": ["number"],
            },
        ),
        migrations.CreateModel(
            name="Operation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("sequence", models.PositiveIntegerField(help_text="10, 20, 30…")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("material", "Material issue"),
                            ("machine", "Machine"),
                            ("deburr", "Deburr"),
                            ("wash", "Wash"),
                            ("inspect", "Inspect"),
                            ("outside", "Outside process"),
                            ("mark", "Mark"),
                            ("pack", "Pack"),
                        ],
                        max_length=10,
                    ),
                ),
                ("name", models.CharField(max_length=120)),
                ("instructions", models.TextField(blank=True)),
                ("work_center", models.CharField(blank=True, max_length=80)),
                (
                    "quality_owner",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("operator", "Operator"),
                            ("inspector", "Inspector"),
                            ("quality", "Quality engineer"),
                            ("manager", "Manager"),
                        ],
                        max_length=20,
                    ),
                ),
                (
                    "timing_owner",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("operator", "Operator"),
                            ("inspector", "Inspector"),
                            ("quality", "Quality engineer"),
                            ("manager", "Manager"),
                        ],
                        max_length=20,
                    ),
                ),
                (
                    "incoming_owner",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("operator", "Operator"),
                            ("inspector", "Inspector"),
                            ("quality", "Quality engineer"),
                            ("manager", "Manager"),
                        ],
                        max_length=20,
                    ),
                ),
                ("spec_type", models.CharField(blank=True, max_length=30)),
                ("spec_class", models.CharField(blank=True, max_length=30)),
                (
                    "material_condition",
                    models.CharField(blank=True, help_text="Alloy and temper, as in 6061-T6.", max_length=60),
                ),
                (
                    "certificate_type",
                    models.CharField(blank=True, help_text="As ordered: 3.1, MTR, process.", max_length=20),
                ),
                ("is_irreversible", models.BooleanField(default=False)),
                ("changes_surface", models.BooleanField(default=False)),
                (
                    "makes",
                    models.ManyToManyField(
                        blank=True,
                        help_text="The characteristics this operation makes.",
                        related_name="made_at",
                        to="routes.characteristic",
                    ),
                ),
            ],
            options={
                "ordering": ["route_revision", "sequence"],
            },
        ),
        migrations.CreateModel(
            name="CustomerOrder",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.CharField(max_length=40, unique=True)),
                ("po_number", models.CharField(max_length=80)),
                ("received_on", models.DateField()),
                (
                    "customer",
                    models.ForeignKey(
                        limit_choices_to={"kind": "customer"},
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="orders",
                        to="portal.organization",
                    ),
                ),
            ],
            options={
                "ordering": ["-id"],
                "constraints": [
                    models.UniqueConstraint(fields=("customer", "po_number"), name="po_once_a_customer")
                ],
            },
        ),
        migrations.CreateModel(
            name="CustomerTerms",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "fai_regime",
                    models.CharField(
                        choices=[
                            ("before_dispatch", "Approved before dispatch"),
                            ("with_first", "Sent with the first shipment"),
                            ("held", "Held by the customer"),
                            ("none", "None demanded"),
                        ],
                        default="before_dispatch",
                        max_length=20,
                    ),
                ),
                ("needs_package_approval", models.BooleanField(default=False)),
                (
                    "customer",
                    models.OneToOneField(
                        limit_choices_to={"kind": "customer"},
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="terms",
                        to="portal.organization",
                    ),
                ),
                (
                    "fai_edition",
                    models.CharField(
                        choices=[("C", "AS9102 Rev C"), ("B", "AS9102 Rev B")], default="C", max_length=5
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "customer terms",
            },
        ),
        migrations.CreateModel(
            name="Calibration",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("certificate_number", models.CharField(max_length=80)),
                ("calibrated_on", models.DateField()),
                ("due_on", models.DateField()),
                ("is_in_tolerance", models.BooleanField(default=True)),
                (
                    "gauge",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="calibrations",
                        to="routes.gauge",
                    ),
                ),
            ],
            options={
                "ordering": ["gauge", "-calibrated_on"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("due_on__gt", models.F("calibrated_on"))),
                        name="calibration_days_in_order",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="HistoricalCalibration",
            fields=[
                (
                    "id",
                    models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID"),
                ),
                ("certificate_number", models.CharField(max_length=80)),
                ("calibrated_on", models.DateField()),
                ("due_on", models.DateField()),
                ("is_in_tolerance", models.BooleanField(default=True)),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(
                        choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1
                    ),
                ),
                (
                    "gauge",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="routes.gauge",
                    ),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "historical calibration",
                "verbose_name_plural": "historical calibrations",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalCustomerOrder",
            fields=[
                (
                    "id",
                    models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID"),
                ),
                ("number", models.CharField(db_index=True, max_length=40)),
                ("po_number", models.CharField(max_length=80)),
                ("received_on", models.DateField()),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(
                        choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1
                    ),
                ),
                (
                    "customer",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        limit_choices_to={"kind": "customer"},
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="portal.organization",
                    ),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "historical customer order",
                "verbose_name_plural": "historical customer orders",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalCustomerTerms",
            fields=[
                (
                    "id",
                    models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID"),
                ),
                (
                    "fai_regime",
                    models.CharField(
                        choices=[
                            ("before_dispatch", "Approved before dispatch"),
                            ("with_first", "Sent with the first shipment"),
                            ("held", "Held by the customer"),
                            ("none", "None demanded"),
                        ],
                        default="before_dispatch",
                        max_length=20,
                    ),
                ),
                ("needs_package_approval", models.BooleanField(default=False)),
                (
                    "fai_edition",
                    models.CharField(
                        choices=[("C", "AS9102 Rev C"), ("B", "AS9102 Rev B")], default="C", max_length=5
                    ),
                ),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(
                        choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1
                    ),
                ),
                (
                    "customer",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        limit_choices_to={"kind": "customer"},
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="portal.organization",
                    ),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "historical customer terms",
                "verbose_name_plural": "historical customer terms",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalGauge",
            fields=[
                (
                    "id",
                    models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID"),
                ),
                ("number", models.CharField(db_index=True, max_length=40)),
                ("kind", models.CharField(max_length=60)),
                ("description", models.CharField(blank=True, max_length=200)),
                ("is_active", models.BooleanField(default=True)),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(
                        choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1
                    ),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "historical gauge",
                "verbose_name_plural": "historical gauges",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalLockPolicy",
            fields=[
                (
                    "id",
                    models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID"),
                ),
                ("number", models.CharField(db_index=True, max_length=40)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "Waits for a signature"),
                            ("in_force", "In force"),
                            ("superseded", "Superseded"),
                            ("dropped", "Dropped"),
                        ],
                        default="draft",
                        max_length=12,
                    ),
                ),
                (
                    "routine",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=40),
                        help_text="The differences that ask nothing.",
                        size=None,
                    ),
                ),
                ("reason", models.TextField()),
                ("drafted_at", models.DateTimeField()),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(
                        choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1
                    ),
                ),
                (
                    "author",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "customer",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        limit_choices_to={"kind": "customer"},
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="portal.organization",
                    ),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "signature",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="portal.signature",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical lock policy",
                "verbose_name_plural": "historical lock policies",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalPart",
            fields=[
                (
                    "id",
                    models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID"),
                ),
                ("number", models.CharField(db_index=True, max_length=80)),
                ("name", models.CharField(max_length=200)),
                ("is_serialized", models.BooleanField(default=False)),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(
                        choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1
                    ),
                ),
                (
                    "customer",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        limit_choices_to={"kind": "customer"},
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="portal.organization",
                    ),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "historical part",
                "verbose_name_plural": "historical parts",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalQualityClause",
            fields=[
                (
                    "id",
                    models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID"),
                ),
                (
                    "number",
                    models.CharField(help_text="As the customer writes it, as in Q-17.", max_length=40),
                ),
                ("revision", models.CharField(blank=True, max_length=20)),
                ("title", models.CharField(max_length=200)),
                ("text", models.TextField(blank=True)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("evidence", "Evidence goes with the lot"),
                            ("hold", "Hold point: work stops until the customer lets it go on"),
                            ("witness", "Witness point: the customer is asked to be present"),
                            ("source", "Source inspection before shipment"),
                        ],
                        default="evidence",
                        max_length=10,
                    ),
                ),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(
                        choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1
                    ),
                ),
                (
                    "customer",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        limit_choices_to={"kind": "customer"},
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="portal.organization",
                    ),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "historical quality clause",
                "verbose_name_plural": "historical quality clauses",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="LockPolicy",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.CharField(max_length=40, unique=True)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "Waits for a signature"),
                            ("in_force", "In force"),
                            ("superseded", "Superseded"),
                            ("dropped", "Dropped"),
                        ],
                        default="draft",
                        max_length=12,
                    ),
                ),
                (
                    "routine",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=40),
                        help_text="The differences that ask nothing.",
                        size=None,
                    ),
                ),
                ("reason", models.TextField()),
                ("drafted_at", models.DateTimeField()),
                (
                    "author",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="lock_policies_authored",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "customer",
                    models.ForeignKey(
                        blank=True,
                        limit_choices_to={"kind": "customer"},
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="lock_policies",
                        to="portal.organization",
                    ),
                ),
                (
                    "signature",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="portal.signature",
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "lock policies",
                "ordering": ["-id"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state__in", ["draft", "in_force"])),
                        fields=("customer", "state"),
                        name="one_lock_policy_a_customer",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("customer__isnull", True), ("state__in", ["draft", "in_force"])),
                        fields=("state",),
                        name="one_lock_policy_of_the_house",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state__in", ["in_force", "superseded"]), _negated=True),
                            ("signature__isnull", False),
                            _connector="OR",
                        ),
                        name="lock_policy_in_force_is_signed",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="HistoricalSetup",
            fields=[
                (
                    "id",
                    models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID"),
                ),
                ("number", models.CharField(db_index=True, max_length=40)),
                (
                    "name",
                    models.CharField(
                        blank=True, help_text="What tells it from the others, as in Cell 2.", max_length=60
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("proposed", "Waits for a signature"),
                            ("approved", "Approved"),
                            ("withdrawn", "Withdrawn"),
                            ("declined", "Declined"),
                        ],
                        default="proposed",
                        max_length=10,
                    ),
                ),
                ("machine", models.CharField(blank=True, help_text="Empty: any machine.", max_length=80)),
                ("fixture", models.CharField(max_length=60)),
                ("fixture_revision", models.CharField(blank=True, max_length=20)),
                ("nc_program_name", models.CharField(blank=True, max_length=120)),
                ("nc_raw_sha256", models.CharField(blank=True, max_length=64)),
                (
                    "nc_cutting_sha256",
                    models.CharField(
                        blank=True,
                        help_text="Of the cutting words alone: without comments, dates and blank lines.",
                        max_length=64,
                    ),
                ),
                (
                    "offsets",
                    models.JSONField(
                        blank=True, default=dict, help_text="Work and tool offsets as text values."
                    ),
                ),
                ("notes", models.TextField(blank=True)),
                (
                    "reason",
                    models.TextField(
                        blank=True,
                        help_text="Why a further setup is needed, and what showed that it is good.",
                    ),
                ),
                ("ended_reason", models.TextField(blank=True, help_text="Why it was declined or withdrawn.")),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(
                        choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1
                    ),
                ),
                (
                    "author",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "nc_program",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="portal.storedfile",
                    ),
                ),
                (
                    "signature",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        help_text="Empty for a setup the release of its route approved.",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="portal.signature",
                    ),
                ),
                (
                    "site",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        help_text="Empty: every site of the shop.",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="portal.site",
                    ),
                ),
                (
                    "operation",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="routes.operation",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical setup",
                "verbose_name_plural": "historical setups",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalPlannedCheck",
            fields=[
                (
                    "id",
                    models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID"),
                ),
                (
                    "side",
                    models.CharField(
                        choices=[("before", "Before finish"), ("after", "After finish")], max_length=10
                    ),
                ),
                (
                    "sampling_rule",
                    models.CharField(
                        choices=[
                            ("all", "Every piece"),
                            ("first", "First piece"),
                            ("sample", "Sample, none may fail"),
                        ],
                        default="all",
                        max_length=10,
                    ),
                ),
                ("sample_size", models.PositiveIntegerField(blank=True, null=True)),
                ("gauge_kind", models.CharField(blank=True, max_length=60)),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(
                        choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1
                    ),
                ),
                (
                    "characteristic",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="routes.characteristic",
                    ),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "operation",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="routes.operation",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical planned check",
                "verbose_name_plural": "historical planned checks",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="OrderLine",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("line_number", models.PositiveIntegerField()),
                ("quantity", models.PositiveIntegerField()),
                ("due_on", models.DateField()),
                (
                    "sourcing",
                    models.CharField(
                        choices=[
                            ("oem", "OEM names the sources"),
                            ("contract", "We buy material and processes"),
                            ("toll", "Customer supplies the material"),
                        ],
                        default="contract",
                        max_length=10,
                    ),
                ),
                (
                    "purpose",
                    models.CharField(
                        choices=[("production", "Production parts"), ("prototype", "Prototypes")],
                        default="production",
                        max_length=12,
                    ),
                ),
                (
                    "fai_regime",
                    models.CharField(
                        choices=[
                            ("before_dispatch", "Approved before dispatch"),
                            ("with_first", "Sent with the first shipment"),
                            ("held", "Held by the customer"),
                            ("none", "None demanded"),
                        ],
                        default="before_dispatch",
                        max_length=20,
                    ),
                ),
                (
                    "needs_package_approval",
                    models.BooleanField(default=False, help_text="The buyer approves before dispatch."),
                ),
                (
                    "order",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="lines",
                        to="routes.customerorder",
                    ),
                ),
            ],
            options={
                "ordering": ["order", "line_number"],
                "constraints": [
                    models.UniqueConstraint(fields=("order", "line_number"), name="line_once_an_order"),
                    models.CheckConstraint(
                        condition=models.Q(("quantity__gt", 0)), name="order_quantity_above_zero"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="HistoricalPackingDemand",
            fields=[
                (
                    "id",
                    models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID"),
                ),
                ("position", models.PositiveIntegerField()),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("marking", "Marking"),
                            ("preservation", "Preservation and packing"),
                            ("label", "Label"),
                            ("shelf_life", "Shelf life"),
                        ],
                        max_length=12,
                    ),
                ),
                ("text", models.CharField(max_length=300)),
                ("least_days_left", models.PositiveIntegerField(blank=True, null=True)),
                (
                    "is_withdrawn",
                    models.BooleanField(
                        default=False, help_text="The order was amended and asks it no more."
                    ),
                ),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(
                        choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1
                    ),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "order_line",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="routes.orderline",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical packing demand",
                "verbose_name_plural": "historical packing demands",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="PackingDemand",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("position", models.PositiveIntegerField()),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("marking", "Marking"),
                            ("preservation", "Preservation and packing"),
                            ("label", "Label"),
                            ("shelf_life", "Shelf life"),
                        ],
                        max_length=12,
                    ),
                ),
                ("text", models.CharField(max_length=300)),
                ("least_days_left", models.PositiveIntegerField(blank=True, null=True)),
                (
                    "is_withdrawn",
                    models.BooleanField(
                        default=False, help_text="The order was amended and asks it no more."
                    ),
                ),
                (
                    "order_line",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="packing_demands",
                        to="routes.orderline",
                    ),
                ),
            ],
            options={
                "ordering": ["order_line", "position"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("order_line", "position"), name="packing_demand_once_a_line"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "shelf_life"), ("least_days_left__isnull", False)),
                            models.Q(
                                models.Q(("kind", "shelf_life"), _negated=True),
                                ("least_days_left__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="days_left_of_a_shelf_life",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Part",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.CharField(max_length=80, unique=True)),
                ("name", models.CharField(max_length=200)),
                ("is_serialized", models.BooleanField(default=False)),
                (
                    "customer",
                    models.ForeignKey(
                        limit_choices_to={"kind": "customer"},
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="parts",
                        to="portal.organization",
                    ),
                ),
            ],
            options={
                "ordering": ["number"],
            },
        ),
        migrations.CreateModel(
            name="HistoricalRoute",
            fields=[
                (
                    "id",
                    models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID"),
                ),
                ("number", models.CharField(db_index=True, max_length=40)),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(
                        choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1
                    ),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "part",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="routes.part",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical route",
                "verbose_name_plural": "historical routes",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalPartRevision",
            fields=[
                (
                    "id",
                    models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID"),
                ),
                ("revision", models.CharField(max_length=20)),
                ("drawing_number", models.CharField(max_length=80)),
                ("drawing_revision", models.CharField(max_length=20)),
                ("unit", models.CharField(choices=[("mm", "mm"), ("in", "in")], default="mm", max_length=5)),
                (
                    "default_applies_to",
                    models.CharField(
                        choices=[
                            ("before", "Before finish"),
                            ("after", "After finish"),
                            ("both", "Before and after finish"),
                            ("unspecified", "Not said by the drawing"),
                        ],
                        default="unspecified",
                        help_text="Dimensions apply before or after finish.",
                        max_length=12,
                    ),
                ),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(
                        choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1
                    ),
                ),
                (
                    "drawing",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="portal.storedfile",
                    ),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "label",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="portal.label",
                    ),
                ),
                (
                    "part",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="routes.part",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical part revision",
                "verbose_name_plural": "historical part revisions",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="PartRevision",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("revision", models.CharField(max_length=20)),
                ("drawing_number", models.CharField(max_length=80)),
                ("drawing_revision", models.CharField(max_length=20)),
                ("unit", models.CharField(choices=[("mm", "mm"), ("in", "in")], default="mm", max_length=5)),
                (
                    "default_applies_to",
                    models.CharField(
                        choices=[
                            ("before", "Before finish"),
                            ("after", "After finish"),
                            ("both", "Before and after finish"),
                            ("unspecified", "Not said by the drawing"),
                        ],
                        default="unspecified",
                        help_text="Dimensions apply before or after finish.",
                        max_length=12,
                    ),
                ),
                (
                    "drawing",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="drawing_of",
                        to="portal.storedfile",
                    ),
                ),
                (
                    "label",
                    models.ForeignKey(
                        blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, to="portal.label"
                    ),
                ),
                (
                    "part",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="revisions",
                        to="routes.part",
                    ),
                ),
            ],
            options={
                "ordering": ["part__number", "revision"],
                "constraints": [
                    models.UniqueConstraint(fields=("part", "revision"), name="part_revision_once")
                ],
            },
        ),
        migrations.AddField(
            model_name="orderline",
            name="part_revision",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="order_lines",
                to="routes.partrevision",
            ),
        ),
        migrations.CreateModel(
            name="HistoricalOrderLine",
            fields=[
                (
                    "id",
                    models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID"),
                ),
                ("line_number", models.PositiveIntegerField()),
                ("quantity", models.PositiveIntegerField()),
                ("due_on", models.DateField()),
                (
                    "sourcing",
                    models.CharField(
                        choices=[
                            ("oem", "OEM names the sources"),
                            ("contract", "We buy material and processes"),
                            ("toll", "Customer supplies the material"),
                        ],
                        default="contract",
                        max_length=10,
                    ),
                ),
                (
                    "purpose",
                    models.CharField(
                        choices=[("production", "Production parts"), ("prototype", "Prototypes")],
                        default="production",
                        max_length=12,
                    ),
                ),
                (
                    "fai_regime",
                    models.CharField(
                        choices=[
                            ("before_dispatch", "Approved before dispatch"),
                            ("with_first", "Sent with the first shipment"),
                            ("held", "Held by the customer"),
                            ("none", "None demanded"),
                        ],
                        default="before_dispatch",
                        max_length=20,
                    ),
                ),
                (
                    "needs_package_approval",
                    models.BooleanField(default=False, help_text="The buyer approves before dispatch."),
                ),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(
                        choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1
                    ),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "order",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="routes.customerorder",
                    ),
                ),
                (
                    "part_revision",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="routes.partrevision",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical order line",
                "verbose_name_plural": "historical order lines",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalDrawingNote",
            fields=[
                (
                    "id",
                    models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID"),
                ),
                ("note_number", models.CharField(max_length=20)),
                ("text", models.TextField()),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(
                        choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1
                    ),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "part_revision",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="routes.partrevision",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical drawing note",
                "verbose_name_plural": "historical drawing notes",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalCharacteristic",
            fields=[
                (
                    "id",
                    models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID"),
                ),
                (
                    "identity",
                    models.UUIDField(
                        default=uuid.uuid4,
                        editable=False,
                        help_text="The same in every revision of the part.",
                    ),
                ),
                ("uuid", models.UUIDField(db_index=True, default=uuid.uuid4, editable=False)),
                ("balloon", models.CharField(max_length=20)),
                ("position", models.PositiveIntegerField(help_text="Order on the drawing and on forms.")),
                (
                    "zone",
                    models.CharField(blank=True, help_text="Sheet and zone, as in 1 B4.", max_length=20),
                ),
                ("name", models.CharField(max_length=120)),
                ("kind", models.CharField(blank=True, help_text="Diameter, flatness, note…", max_length=60)),
                (
                    "requirement",
                    models.CharField(help_text="As it is printed in field 8 of Form 3.", max_length=300),
                ),
                ("nominal", models.DecimalField(blank=True, decimal_places=8, max_digits=18, null=True)),
                ("lower", models.DecimalField(blank=True, decimal_places=8, max_digits=18, null=True)),
                ("upper", models.DecimalField(blank=True, decimal_places=8, max_digits=18, null=True)),
                ("unit", models.CharField(blank=True, max_length=10)),
                (
                    "designator",
                    models.CharField(blank=True, help_text="KC, CI or the customer's sign.", max_length=20),
                ),
                (
                    "applies_to",
                    models.CharField(
                        choices=[
                            ("before", "Before finish"),
                            ("after", "After finish"),
                            ("both", "Before and after finish"),
                            ("unspecified", "Not said by the drawing"),
                        ],
                        default="unspecified",
                        max_length=12,
                    ),
                ),
                ("is_reference", models.BooleanField(default=False)),
                (
                    "source_id",
                    models.CharField(
                        blank=True, help_text="Item id in the file it came from.", max_length=80
                    ),
                ),
                (
                    "source_name",
                    models.CharField(blank=True, help_text="Name in result files.", max_length=120),
                ),
                (
                    "source_occurrence",
                    models.PositiveSmallIntegerField(default=1, help_text="Which one among equal names."),
                ),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(
                        choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1
                    ),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "part_revision",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="routes.partrevision",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical characteristic",
                "verbose_name_plural": "historical characteristics",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="DrawingNote",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("note_number", models.CharField(max_length=20)),
                ("text", models.TextField()),
                (
                    "part_revision",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="notes",
                        to="routes.partrevision",
                    ),
                ),
            ],
            options={
                "ordering": ["part_revision", "id"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("part_revision", "note_number"), name="note_once_a_part_revision"
                    )
                ],
            },
        ),
        migrations.AddField(
            model_name="characteristic",
            name="part_revision",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="characteristics",
                to="routes.partrevision",
            ),
        ),
        migrations.CreateModel(
            name="PlannedCheck",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "side",
                    models.CharField(
                        choices=[("before", "Before finish"), ("after", "After finish")], max_length=10
                    ),
                ),
                (
                    "sampling_rule",
                    models.CharField(
                        choices=[
                            ("all", "Every piece"),
                            ("first", "First piece"),
                            ("sample", "Sample, none may fail"),
                        ],
                        default="all",
                        max_length=10,
                    ),
                ),
                ("sample_size", models.PositiveIntegerField(blank=True, null=True)),
                ("gauge_kind", models.CharField(blank=True, max_length=60)),
                (
                    "characteristic",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="planned_checks",
                        to="routes.characteristic",
                    ),
                ),
                (
                    "operation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="planned_checks",
                        to="routes.operation",
                    ),
                ),
            ],
            options={
                "ordering": ["operation", "characteristic__position"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("operation", "characteristic"), name="check_once_an_operation"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("sample_size__gt", 0),
                                ("sample_size__isnull", False),
                                ("sampling_rule", "sample"),
                            ),
                            models.Q(
                                models.Q(("sampling_rule", "sample"), _negated=True),
                                ("sample_size__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="sample_size_with_sample_rule",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="QualityClause",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "number",
                    models.CharField(help_text="As the customer writes it, as in Q-17.", max_length=40),
                ),
                ("revision", models.CharField(blank=True, max_length=20)),
                ("title", models.CharField(max_length=200)),
                ("text", models.TextField(blank=True)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("evidence", "Evidence goes with the lot"),
                            ("hold", "Hold point: work stops until the customer lets it go on"),
                            ("witness", "Witness point: the customer is asked to be present"),
                            ("source", "Source inspection before shipment"),
                        ],
                        default="evidence",
                        max_length=10,
                    ),
                ),
                (
                    "customer",
                    models.ForeignKey(
                        limit_choices_to={"kind": "customer"},
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="quality_clauses",
                        to="portal.organization",
                    ),
                ),
            ],
            options={
                "ordering": ["customer__name", "number", "revision"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("customer", "number", "revision"), name="clause_revision_once_a_customer"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="LineClause",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "answer",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("operation", "Operation"),
                            ("document", "Document"),
                            ("not_applicable", "Not applicable"),
                        ],
                        max_length=15,
                    ),
                ),
                (
                    "answered_by",
                    models.CharField(
                        blank=True,
                        help_text="Which operation, which document, or why it does not apply.",
                        max_length=300,
                    ),
                ),
                (
                    "point_at",
                    models.PositiveIntegerField(
                        blank=True,
                        help_text="The operation that waits for a hold or witness point.",
                        null=True,
                    ),
                ),
                (
                    "mapped_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "signature",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        to="portal.signature",
                    ),
                ),
                (
                    "order_line",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="clauses",
                        to="routes.orderline",
                    ),
                ),
                (
                    "clause",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="order_lines",
                        to="routes.qualityclause",
                    ),
                ),
            ],
            options={
                "ordering": ["order_line", "clause__number"],
                "constraints": [
                    models.UniqueConstraint(fields=("order_line", "clause"), name="clause_once_a_line"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("answer", ""),
                                ("answered_by", ""),
                                ("mapped_by__isnull", True),
                                ("signature__isnull", True),
                            ),
                            models.Q(
                                ("answer__in", ["operation", "document"]),
                                ("mapped_by__isnull", False),
                                models.Q(("answered_by", ""), _negated=True),
                            ),
                            models.Q(
                                ("answer", "not_applicable"),
                                ("mapped_by__isnull", False),
                                ("signature__isnull", False),
                                models.Q(("answered_by", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="answered_clause_says_how_and_who",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="HistoricalLineClause",
            fields=[
                (
                    "id",
                    models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID"),
                ),
                (
                    "answer",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("operation", "Operation"),
                            ("document", "Document"),
                            ("not_applicable", "Not applicable"),
                        ],
                        max_length=15,
                    ),
                ),
                (
                    "answered_by",
                    models.CharField(
                        blank=True,
                        help_text="Which operation, which document, or why it does not apply.",
                        max_length=300,
                    ),
                ),
                (
                    "point_at",
                    models.PositiveIntegerField(
                        blank=True,
                        help_text="The operation that waits for a hold or witness point.",
                        null=True,
                    ),
                ),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(
                        choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1
                    ),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "mapped_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "signature",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="portal.signature",
                    ),
                ),
                (
                    "order_line",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="routes.orderline",
                    ),
                ),
                (
                    "clause",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="routes.qualityclause",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical line clause",
                "verbose_name_plural": "historical line clauses",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="Route",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.CharField(max_length=40, unique=True)),
                (
                    "part",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="route", to="routes.part"
                    ),
                ),
            ],
            options={
                "ordering": ["number"],
            },
        ),
        migrations.CreateModel(
            name="RouteRevision",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "number",
                    models.CharField(
                        help_text="Route number and revision, as in R-000004-2.", max_length=50, unique=True
                    ),
                ),
                ("revision", models.PositiveIntegerField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "Draft"),
                            ("in_review", "In review"),
                            ("released", "Released"),
                            ("superseded", "Superseded"),
                        ],
                        default="draft",
                        max_length=12,
                    ),
                ),
                ("return_reason", models.TextField(blank=True)),
                (
                    "author",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="routes_authored",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "part_revision",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="route_revisions",
                        to="routes.partrevision",
                    ),
                ),
                (
                    "release_signature",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        to="portal.signature",
                    ),
                ),
                (
                    "replaces",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        to="routes.routerevision",
                    ),
                ),
                (
                    "route",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="revisions",
                        to="routes.route",
                    ),
                ),
            ],
            options={
                "ordering": ["route", "-revision"],
                "constraints": [
                    models.UniqueConstraint(fields=("route", "revision"), name="route_revision_once"),
                    models.UniqueConstraint(
                        condition=models.Q(("state", "released")),
                        fields=("route", "part_revision"),
                        name="one_released_route_a_part_revision",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state__in", ["released", "superseded"]), _negated=True),
                            ("release_signature__isnull", False),
                            _connector="OR",
                        ),
                        name="released_route_is_signed",
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="operation",
            name="route_revision",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="operations",
                to="routes.routerevision",
            ),
        ),
        migrations.CreateModel(
            name="NoteMapping",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "document",
                    models.CharField(blank=True, help_text="The document that proves it.", max_length=120),
                ),
                ("not_applicable_reason", models.TextField(blank=True)),
                (
                    "not_applicable_signature",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        to="portal.signature",
                    ),
                ),
                (
                    "note",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="mappings",
                        to="routes.drawingnote",
                    ),
                ),
                (
                    "operation",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        to="routes.operation",
                    ),
                ),
                (
                    "route_revision",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="note_mappings",
                        to="routes.routerevision",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("route_revision", "note"), name="note_mapped_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("document", ""),
                                ("not_applicable_signature__isnull", True),
                                ("operation__isnull", False),
                            ),
                            models.Q(
                                ("not_applicable_signature__isnull", True),
                                ("operation__isnull", True),
                                models.Q(("document", ""), _negated=True),
                            ),
                            models.Q(
                                ("document", ""),
                                ("not_applicable_signature__isnull", False),
                                ("operation__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="note_has_exactly_one_answer",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="HistoricalRouteRevision",
            fields=[
                (
                    "id",
                    models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID"),
                ),
                (
                    "number",
                    models.CharField(
                        db_index=True, help_text="Route number and revision, as in R-000004-2.", max_length=50
                    ),
                ),
                ("revision", models.PositiveIntegerField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "Draft"),
                            ("in_review", "In review"),
                            ("released", "Released"),
                            ("superseded", "Superseded"),
                        ],
                        default="draft",
                        max_length=12,
                    ),
                ),
                ("return_reason", models.TextField(blank=True)),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(
                        choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1
                    ),
                ),
                (
                    "author",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "release_signature",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="portal.signature",
                    ),
                ),
                (
                    "part_revision",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="routes.partrevision",
                    ),
                ),
                (
                    "route",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="routes.route",
                    ),
                ),
                (
                    "replaces",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="routes.routerevision",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical route revision",
                "verbose_name_plural": "historical route revisions",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalProductionHandoff",
            fields=[
                (
                    "id",
                    models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID"),
                ),
                ("number", models.CharField(db_index=True, max_length=40)),
                ("learnt", models.TextField(help_text="What the prototypes showed.")),
                (
                    "changed",
                    models.TextField(help_text="What production does otherwise, or that nothing changed."),
                ),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(
                        choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1
                    ),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "signature",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="portal.signature",
                    ),
                ),
                (
                    "part_revision",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="routes.partrevision",
                    ),
                ),
                (
                    "route_revision",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="routes.routerevision",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical production handoff",
                "verbose_name_plural": "historical production handoffs",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalNoteMapping",
            fields=[
                (
                    "id",
                    models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID"),
                ),
                (
                    "document",
                    models.CharField(blank=True, help_text="The document that proves it.", max_length=120),
                ),
                ("not_applicable_reason", models.TextField(blank=True)),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(
                        choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1
                    ),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "not_applicable_signature",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="portal.signature",
                    ),
                ),
                (
                    "note",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="routes.drawingnote",
                    ),
                ),
                (
                    "operation",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="routes.operation",
                    ),
                ),
                (
                    "route_revision",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="routes.routerevision",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical note mapping",
                "verbose_name_plural": "historical note mappings",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="Setup",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.CharField(max_length=40, unique=True)),
                (
                    "name",
                    models.CharField(
                        blank=True, help_text="What tells it from the others, as in Cell 2.", max_length=60
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("proposed", "Waits for a signature"),
                            ("approved", "Approved"),
                            ("withdrawn", "Withdrawn"),
                            ("declined", "Declined"),
                        ],
                        default="proposed",
                        max_length=10,
                    ),
                ),
                ("machine", models.CharField(blank=True, help_text="Empty: any machine.", max_length=80)),
                ("fixture", models.CharField(max_length=60)),
                ("fixture_revision", models.CharField(blank=True, max_length=20)),
                ("nc_program_name", models.CharField(blank=True, max_length=120)),
                ("nc_raw_sha256", models.CharField(blank=True, max_length=64)),
                (
                    "nc_cutting_sha256",
                    models.CharField(
                        blank=True,
                        help_text="Of the cutting words alone: without comments, dates and blank lines.",
                        max_length=64,
                    ),
                ),
                (
                    "offsets",
                    models.JSONField(
                        blank=True, default=dict, help_text="Work and tool offsets as text values."
                    ),
                ),
                ("notes", models.TextField(blank=True)),
                (
                    "reason",
                    models.TextField(
                        blank=True,
                        help_text="Why a further setup is needed, and what showed that it is good.",
                    ),
                ),
                ("ended_reason", models.TextField(blank=True, help_text="Why it was declined or withdrawn.")),
                (
                    "author",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("gauges", models.ManyToManyField(blank=True, to="routes.gauge")),
                (
                    "nc_program",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        to="portal.storedfile",
                    ),
                ),
                (
                    "operation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="setups",
                        to="routes.operation",
                    ),
                ),
                (
                    "signature",
                    models.ForeignKey(
                        blank=True,
                        help_text="Empty for a setup the release of its route approved.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="portal.signature",
                    ),
                ),
                (
                    "site",
                    models.ForeignKey(
                        blank=True,
                        help_text="Empty: every site of the shop.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        to="portal.site",
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state__in", ["proposed", "approved"])),
                        fields=("operation", "name"),
                        name="one_setup_of_a_name",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "proposed"), _negated=True),
                            models.Q(("reason", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="proposed_setup_says_why",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state__in", ["proposed", "approved"]),
                            models.Q(("ended_reason", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="ended_setup_says_why",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SetupRun",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("fixture", models.CharField(max_length=60)),
                ("fixture_revision", models.CharField(blank=True, max_length=20)),
                ("nc_raw_sha256", models.CharField(blank=True, max_length=64)),
                ("nc_cutting_sha256", models.CharField(blank=True, max_length=64)),
                (
                    "offsets",
                    models.JSONField(
                        blank=True, default=dict, help_text="As they stood; empty where not stated."
                    ),
                ),
                ("machine", models.CharField(blank=True, max_length=80)),
                ("recorded_at", models.DateTimeField()),
                (
                    "recorded_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "setup",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="runs",
                        to="routes.setup",
                    ),
                ),
                (
                    "site",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="portal.site",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="LockDifference",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("field", models.CharField(max_length=40)),
                ("locked", models.CharField(blank=True, max_length=200)),
                ("as_run", models.CharField(blank=True, max_length=200)),
                ("reason", models.TextField(blank=True)),
                (
                    "disposition_signature",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        to="portal.signature",
                    ),
                ),
                (
                    "routine_by",
                    models.ForeignKey(
                        blank=True,
                        help_text="The policy that calls it routine; empty where somebody must decide.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="differences",
                        to="routes.lockpolicy",
                    ),
                ),
                (
                    "run",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="differences",
                        to="routes.setuprun",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("routine_by__isnull", True),
                            ("disposition_signature__isnull", True),
                            _connector="OR",
                        ),
                        name="routine_difference_is_not_decided",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="HistoricalLockDifference",
            fields=[
                (
                    "id",
                    models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID"),
                ),
                ("field", models.CharField(max_length=40)),
                ("locked", models.CharField(blank=True, max_length=200)),
                ("as_run", models.CharField(blank=True, max_length=200)),
                ("reason", models.TextField(blank=True)),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(
                        choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1
                    ),
                ),
                (
                    "disposition_signature",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="portal.signature",
                    ),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "routine_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        help_text="The policy that calls it routine; empty where somebody must decide.",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="routes.lockpolicy",
                    ),
                ),
                (
                    "run",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="routes.setuprun",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical lock difference",
                "verbose_name_plural": "historical lock differences",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="SpecificationRevision",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.CharField(help_text="As in MIL-PRF-8625.", max_length=60)),
                (
                    "revision",
                    models.CharField(
                        blank=True, help_text="As in F, with its amendment if any.", max_length=20
                    ),
                ),
                ("title", models.CharField(blank=True, max_length=200)),
                (
                    "kind",
                    models.CharField(
                        choices=[("material", "Material"), ("process", "Process"), ("test", "Test")],
                        max_length=10,
                    ),
                ),
                (
                    "process",
                    models.CharField(
                        blank=True, help_text="As in anodize, heat treat, passivation.", max_length=60
                    ),
                ),
                (
                    "types",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=30), blank=True, default=list, size=None
                    ),
                ),
                (
                    "classes",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=30), blank=True, default=list, size=None
                    ),
                ),
                (
                    "same_as",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=60),
                        blank=True,
                        default=list,
                        help_text="Other numbers for it.",
                        size=None,
                    ),
                ),
                ("effective_on", models.DateField(blank=True, null=True)),
                (
                    "superseded_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        to="routes.specificationrevision",
                    ),
                ),
            ],
            options={
                "ordering": ["number", "revision"],
                "constraints": [
                    models.UniqueConstraint(fields=("number", "revision"), name="specification_revision_once")
                ],
            },
        ),
        migrations.AddField(
            model_name="operation",
            name="specification",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="operations",
                to="routes.specificationrevision",
            ),
        ),
        migrations.CreateModel(
            name="MaterialLot",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.CharField(max_length=40, unique=True)),
                (
                    "identifier_kind",
                    models.CharField(
                        choices=[("heat", "Heat"), ("batch", "Batch"), ("date_code", "Date code")],
                        default="heat",
                        max_length=10,
                    ),
                ),
                ("identifier", models.CharField(max_length=80)),
                ("condition", models.CharField(help_text="Alloy and temper, as in 6061-T6.", max_length=60)),
                ("form", models.CharField(help_text="Bar, plate, sheet… with size.", max_length=60)),
                ("mill", models.CharField(blank=True, max_length=120)),
                ("is_customer_furnished", models.BooleanField(default=False)),
                ("received_pieces", models.PositiveIntegerField()),
                ("received_on", models.DateField()),
                ("certificate_number", models.CharField(blank=True, max_length=80)),
                ("certificate_on", models.DateField(blank=True, null=True)),
                ("certificate_state", models.CharField(blank=True, max_length=12)),
                (
                    "supplier",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        to="portal.organization",
                    ),
                ),
                (
                    "specification",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="material_lots",
                        to="routes.specificationrevision",
                    ),
                ),
            ],
            options={
                "ordering": ["-id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("received_pieces__gt", 0)), name="material_above_zero"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="HistoricalSpecificationRevision",
            fields=[
                (
                    "id",
                    models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID"),
                ),
                ("number", models.CharField(help_text="As in MIL-PRF-8625.", max_length=60)),
                (
                    "revision",
                    models.CharField(
                        blank=True, help_text="As in F, with its amendment if any.", max_length=20
                    ),
                ),
                ("title", models.CharField(blank=True, max_length=200)),
                (
                    "kind",
                    models.CharField(
                        choices=[("material", "Material"), ("process", "Process"), ("test", "Test")],
                        max_length=10,
                    ),
                ),
                (
                    "process",
                    models.CharField(
                        blank=True, help_text="As in anodize, heat treat, passivation.", max_length=60
                    ),
                ),
                (
                    "types",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=30), blank=True, default=list, size=None
                    ),
                ),
                (
                    "classes",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=30), blank=True, default=list, size=None
                    ),
                ),
                (
                    "same_as",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=60),
                        blank=True,
                        default=list,
                        help_text="Other numbers for it.",
                        size=None,
                    ),
                ),
                ("effective_on", models.DateField(blank=True, null=True)),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(
                        choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1
                    ),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "superseded_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="routes.specificationrevision",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical specification revision",
                "verbose_name_plural": "historical specification revisions",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalOperation",
            fields=[
                (
                    "id",
                    models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID"),
                ),
                ("sequence", models.PositiveIntegerField(help_text="10, 20, 30…")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("material", "Material issue"),
                            ("machine", "Machine"),
                            ("deburr", "Deburr"),
                            ("wash", "Wash"),
                            ("inspect", "Inspect"),
                            ("outside", "Outside process"),
                            ("mark", "Mark"),
                            ("pack", "Pack"),
                        ],
                        max_length=10,
                    ),
                ),
                ("name", models.CharField(max_length=120)),
                ("instructions", models.TextField(blank=True)),
                ("work_center", models.CharField(blank=True, max_length=80)),
                (
                    "quality_owner",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("operator", "Operator"),
                            ("inspector", "Inspector"),
                            ("quality", "Quality engineer"),
                            ("manager", "Manager"),
                        ],
                        max_length=20,
                    ),
                ),
                (
                    "timing_owner",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("operator", "Operator"),
                            ("inspector", "Inspector"),
                            ("quality", "Quality engineer"),
                            ("manager", "Manager"),
                        ],
                        max_length=20,
                    ),
                ),
                (
                    "incoming_owner",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("operator", "Operator"),
                            ("inspector", "Inspector"),
                            ("quality", "Quality engineer"),
                            ("manager", "Manager"),
                        ],
                        max_length=20,
                    ),
                ),
                ("spec_type", models.CharField(blank=True, max_length=30)),
                ("spec_class", models.CharField(blank=True, max_length=30)),
                (
                    "material_condition",
                    models.CharField(blank=True, help_text="Alloy and temper, as in 6061-T6.", max_length=60),
                ),
                (
                    "certificate_type",
                    models.CharField(blank=True, help_text="As ordered: 3.1, MTR, process.", max_length=20),
                ),
                ("is_irreversible", models.BooleanField(default=False)),
                ("changes_surface", models.BooleanField(default=False)),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(
                        choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1
                    ),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "route_revision",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="routes.routerevision",
                    ),
                ),
                (
                    "specification",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="routes.specificationrevision",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical operation",
                "verbose_name_plural": "historical operations",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalMaterialLot",
            fields=[
                (
                    "id",
                    models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID"),
                ),
                ("number", models.CharField(db_index=True, max_length=40)),
                (
                    "identifier_kind",
                    models.CharField(
                        choices=[("heat", "Heat"), ("batch", "Batch"), ("date_code", "Date code")],
                        default="heat",
                        max_length=10,
                    ),
                ),
                ("identifier", models.CharField(max_length=80)),
                ("condition", models.CharField(help_text="Alloy and temper, as in 6061-T6.", max_length=60)),
                ("form", models.CharField(help_text="Bar, plate, sheet… with size.", max_length=60)),
                ("mill", models.CharField(blank=True, max_length=120)),
                ("is_customer_furnished", models.BooleanField(default=False)),
                ("received_pieces", models.PositiveIntegerField()),
                ("received_on", models.DateField()),
                ("certificate_number", models.CharField(blank=True, max_length=80)),
                ("certificate_on", models.DateField(blank=True, null=True)),
                ("certificate_state", models.CharField(blank=True, max_length=12)),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(
                        choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1
                    ),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "supplier",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="portal.organization",
                    ),
                ),
                (
                    "specification",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="routes.specificationrevision",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical material lot",
                "verbose_name_plural": "historical material lots",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalComponent",
            fields=[
                (
                    "id",
                    models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID"),
                ),
                ("item_number", models.CharField(help_text="The find number of the drawing.", max_length=20)),
                ("part_number", models.CharField(max_length=80)),
                ("name", models.CharField(max_length=200)),
                ("quantity_each", models.PositiveIntegerField(default=1)),
                (
                    "bought_as",
                    models.CharField(
                        choices=[
                            ("standard", "Standard catalogue item"),
                            ("cots", "COTS"),
                            ("software", "Software"),
                        ],
                        default="standard",
                        max_length=8,
                    ),
                ),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(
                        choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1
                    ),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "assembly",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="routes.partrevision",
                    ),
                ),
                (
                    "made",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="routes.partrevision",
                    ),
                ),
                (
                    "specification",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="routes.specificationrevision",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical component",
                "verbose_name_plural": "historical components",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="Component",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("item_number", models.CharField(help_text="The find number of the drawing.", max_length=20)),
                ("part_number", models.CharField(max_length=80)),
                ("name", models.CharField(max_length=200)),
                ("quantity_each", models.PositiveIntegerField(default=1)),
                (
                    "assembly",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="components",
                        to="routes.partrevision",
                    ),
                ),
                (
                    "made",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="used_in",
                        to="routes.partrevision",
                    ),
                ),
                (
                    "specification",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="components",
                        to="routes.specificationrevision",
                    ),
                ),
                (
                    "bought_as",
                    models.CharField(
                        choices=[
                            ("standard", "Standard catalogue item"),
                            ("cots", "COTS"),
                            ("software", "Software"),
                        ],
                        default="standard",
                        max_length=8,
                    ),
                ),
            ],
            options={
                "ordering": ["assembly", "id"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("assembly", "item_number"), name="component_once_an_assembly"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("made__isnull", False), ("specification__isnull", True)),
                            models.Q(("made__isnull", True), ("specification__isnull", False)),
                            _connector="OR",
                        ),
                        name="component_is_made_or_bought",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("quantity_each__gt", 0)), name="component_quantity_above_zero"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Traveler",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.CharField(max_length=60, unique=True)),
                (
                    "purpose",
                    models.CharField(
                        choices=[("production", "Production"), ("prototype", "Prototype")],
                        default="production",
                        max_length=12,
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "Open"),
                            ("complete", "Complete"),
                            ("shipped", "Shipped"),
                            ("closed", "Closed"),
                        ],
                        default="open",
                        max_length=10,
                    ),
                ),
                ("quantity_started", models.PositiveIntegerField()),
                ("split_at", models.DateTimeField(blank=True, null=True)),
                ("split_reason", models.CharField(blank=True, max_length=300)),
                (
                    "material_pieces",
                    models.PositiveIntegerField(
                        blank=True,
                        help_text="Issued to this lot itself; a child uses what its parent was issued.",
                        null=True,
                    ),
                ),
                (
                    "brought_in_at",
                    models.PositiveIntegerField(
                        blank=True,
                        help_text="The operation it stood at when it came in; earlier ones are recorded elsewhere.",
                        null=True,
                    ),
                ),
                ("opened_at", models.DateTimeField()),
                (
                    "material_lot",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="travelers",
                        to="routes.materiallot",
                    ),
                ),
                (
                    "order_line",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="travelers",
                        to="routes.orderline",
                    ),
                ),
                (
                    "parent",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="children",
                        to="routes.traveler",
                    ),
                ),
                (
                    "route_revision",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="travelers",
                        to="routes.routerevision",
                    ),
                ),
            ],
            options={
                "ordering": ["-id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("quantity_started__gt", 0)), name="traveler_quantity_above_zero"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("parent__isnull", True), ("split_at__isnull", True)),
                            models.Q(("parent__isnull", False), ("split_at__isnull", False)),
                            _connector="OR",
                        ),
                        name="child_has_parent_and_moment",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("material_pieces__isnull", True),
                            models.Q(("material_lot__isnull", False), ("material_pieces__gt", 0)),
                            _connector="OR",
                        ),
                        name="issued_pieces_are_of_a_material",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="RecordedElsewhere",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.CharField(max_length=40, unique=True)),
                (
                    "proves",
                    models.CharField(
                        choices=[
                            ("step", "The step was done"),
                            ("material", "The material"),
                            ("process", "The outside process"),
                            ("results", "The inspection results"),
                            ("first_article", "The first article"),
                        ],
                        max_length=15,
                    ),
                ),
                (
                    "description",
                    models.CharField(help_text="What the paper is and what it says.", max_length=300),
                ),
                (
                    "reference",
                    models.CharField(blank=True, help_text="The number on the paper.", max_length=120),
                ),
                ("done_on", models.DateField(help_text="The day the paper names.")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("recorded", "Waits for review"),
                            ("reviewed", "Reviewed"),
                            ("rejected", "Rejected"),
                        ],
                        default="recorded",
                        max_length=10,
                    ),
                ),
                ("recorded_at", models.DateTimeField()),
                ("review_reason", models.CharField(blank=True, max_length=300)),
                (
                    "file",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="portal.storedfile"
                    ),
                ),
                (
                    "operation",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="recorded_elsewhere",
                        to="routes.operation",
                    ),
                ),
                (
                    "recorded_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "review_signature",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        to="portal.signature",
                    ),
                ),
                (
                    "traveler",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="recorded_elsewhere",
                        to="routes.traveler",
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "records from elsewhere",
                "ordering": ["id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("operation__isnull", False), ("proves__in", ["step", "process", "results"])
                            ),
                            models.Q(
                                ("operation__isnull", True), ("proves__in", ["material", "first_article"])
                            ),
                            _connector="OR",
                        ),
                        name="operation_where_the_proof_is_of_one",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("review_signature__isnull", True), ("state", "recorded")),
                            models.Q(
                                ("review_signature__isnull", False), ("state__in", ["reviewed", "rejected"])
                            ),
                            _connector="OR",
                        ),
                        name="decided_record_from_elsewhere_is_signed",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ProductionHandoff",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.CharField(max_length=40, unique=True)),
                ("learnt", models.TextField(help_text="What the prototypes showed.")),
                (
                    "changed",
                    models.TextField(help_text="What production does otherwise, or that nothing changed."),
                ),
                (
                    "part_revision",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="handoffs",
                        to="routes.partrevision",
                    ),
                ),
                (
                    "signature",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="portal.signature"
                    ),
                ),
                (
                    "route_revision",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="handoffs",
                        to="routes.routerevision",
                    ),
                ),
                ("prototypes", models.ManyToManyField(related_name="handoffs", to="routes.traveler")),
            ],
            options={
                "ordering": ["-id"],
            },
        ),
        migrations.CreateModel(
            name="Piece",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("serial", models.CharField(max_length=60)),
                ("position", models.PositiveIntegerField()),
                (
                    "is_gone",
                    models.BooleanField(
                        default=False, help_text="Scrapped, destroyed in test or kept as a sample."
                    ),
                ),
                (
                    "part",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="pieces", to="routes.part"
                    ),
                ),
                (
                    "traveler",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="pieces",
                        to="routes.traveler",
                    ),
                ),
            ],
            options={
                "ordering": ["traveler", "position"],
                "constraints": [
                    models.UniqueConstraint(fields=("part", "serial"), name="serial_once_a_part")
                ],
            },
        ),
        migrations.CreateModel(
            name="Hold",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.CharField(max_length=40, unique=True)),
                (
                    "state",
                    models.CharField(
                        choices=[("placed", "On hold"), ("released", "Let go")],
                        default="placed",
                        max_length=10,
                    ),
                ),
                ("reason", models.CharField(max_length=300)),
                ("placed_at", models.DateTimeField()),
                ("release_reason", models.CharField(blank=True, max_length=300)),
                (
                    "placed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="holds_placed",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "release_signature",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        to="portal.signature",
                    ),
                ),
                (
                    "traveler",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="holds",
                        to="routes.traveler",
                    ),
                ),
            ],
            options={
                "ordering": ["-id"],
            },
        ),
        migrations.CreateModel(
            name="HistoricalTravelerStep",
            fields=[
                (
                    "id",
                    models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID"),
                ),
                (
                    "number",
                    models.CharField(
                        db_index=True,
                        help_text="Lot, operation and pass, as in T-000312-60-1.",
                        max_length=80,
                    ),
                ),
                ("pass_number", models.PositiveSmallIntegerField(default=1)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "Waiting"),
                            ("signed", "Signed"),
                            ("elsewhere", "Recorded elsewhere"),
                            ("skipped", "Skipped"),
                        ],
                        default="waiting",
                        max_length=10,
                    ),
                ),
                ("quantity_in", models.PositiveIntegerField(blank=True, null=True)),
                ("quantity_out", models.PositiveIntegerField(blank=True, null=True)),
                ("signed_at", models.DateTimeField(blank=True, null=True)),
                ("late_reason", models.CharField(blank=True, max_length=300)),
                ("skipped_at", models.DateTimeField(blank=True, null=True)),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(
                        choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1
                    ),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "incoming_owner",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "quality_owner",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "signature",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="portal.signature",
                    ),
                ),
                (
                    "timing_owner",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "operation",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="routes.operation",
                    ),
                ),
                (
                    "traveler",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="routes.traveler",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical traveler step",
                "verbose_name_plural": "historical traveler steps",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalTraveler",
            fields=[
                (
                    "id",
                    models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID"),
                ),
                ("number", models.CharField(db_index=True, max_length=60)),
                (
                    "purpose",
                    models.CharField(
                        choices=[("production", "Production"), ("prototype", "Prototype")],
                        default="production",
                        max_length=12,
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "Open"),
                            ("complete", "Complete"),
                            ("shipped", "Shipped"),
                            ("closed", "Closed"),
                        ],
                        default="open",
                        max_length=10,
                    ),
                ),
                ("quantity_started", models.PositiveIntegerField()),
                ("split_at", models.DateTimeField(blank=True, null=True)),
                ("split_reason", models.CharField(blank=True, max_length=300)),
                (
                    "material_pieces",
                    models.PositiveIntegerField(
                        blank=True,
                        help_text="Issued to this lot itself; a child uses what its parent was issued.",
                        null=True,
                    ),
                ),
                (
                    "brought_in_at",
                    models.PositiveIntegerField(
                        blank=True,
                        help_text="The operation it stood at when it came in; earlier ones are recorded elsewhere.",
                        null=True,
                    ),
                ),
                ("opened_at", models.DateTimeField()),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(
                        choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1
                    ),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "material_lot",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="routes.materiallot",
                    ),
                ),
                (
                    "order_line",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="routes.orderline",
                    ),
                ),
                (
                    "route_revision",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="routes.routerevision",
                    ),
                ),
                (
                    "parent",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="routes.traveler",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical traveler",
                "verbose_name_plural": "historical travelers",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalRecordedElsewhere",
            fields=[
                (
                    "id",
                    models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID"),
                ),
                ("number", models.CharField(db_index=True, max_length=40)),
                (
                    "proves",
                    models.CharField(
                        choices=[
                            ("step", "The step was done"),
                            ("material", "The material"),
                            ("process", "The outside process"),
                            ("results", "The inspection results"),
                            ("first_article", "The first article"),
                        ],
                        max_length=15,
                    ),
                ),
                (
                    "description",
                    models.CharField(help_text="What the paper is and what it says.", max_length=300),
                ),
                (
                    "reference",
                    models.CharField(blank=True, help_text="The number on the paper.", max_length=120),
                ),
                ("done_on", models.DateField(help_text="The day the paper names.")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("recorded", "Waits for review"),
                            ("reviewed", "Reviewed"),
                            ("rejected", "Rejected"),
                        ],
                        default="recorded",
                        max_length=10,
                    ),
                ),
                ("recorded_at", models.DateTimeField()),
                ("review_reason", models.CharField(blank=True, max_length=300)),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(
                        choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1
                    ),
                ),
                (
                    "file",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="portal.storedfile",
                    ),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "recorded_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "review_signature",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="portal.signature",
                    ),
                ),
                (
                    "operation",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="routes.operation",
                    ),
                ),
                (
                    "traveler",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="routes.traveler",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical recorded elsewhere",
                "verbose_name_plural": "historical records from elsewhere",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalPiece",
            fields=[
                (
                    "id",
                    models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID"),
                ),
                ("serial", models.CharField(max_length=60)),
                ("position", models.PositiveIntegerField()),
                (
                    "is_gone",
                    models.BooleanField(
                        default=False, help_text="Scrapped, destroyed in test or kept as a sample."
                    ),
                ),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(
                        choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1
                    ),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "part",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="routes.part",
                    ),
                ),
                (
                    "traveler",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="routes.traveler",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical piece",
                "verbose_name_plural": "historical pieces",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalHold",
            fields=[
                (
                    "id",
                    models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID"),
                ),
                ("number", models.CharField(db_index=True, max_length=40)),
                (
                    "state",
                    models.CharField(
                        choices=[("placed", "On hold"), ("released", "Let go")],
                        default="placed",
                        max_length=10,
                    ),
                ),
                ("reason", models.CharField(max_length=300)),
                ("placed_at", models.DateTimeField()),
                ("release_reason", models.CharField(blank=True, max_length=300)),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(
                        choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1
                    ),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "placed_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "release_signature",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="portal.signature",
                    ),
                ),
                (
                    "traveler",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="routes.traveler",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical hold",
                "verbose_name_plural": "historical holds",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalClauseEvidence",
            fields=[
                (
                    "id",
                    models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID"),
                ),
                ("number", models.CharField(db_index=True, max_length=40)),
                (
                    "reference",
                    models.CharField(
                        help_text="The document, report or letter that shows it.", max_length=160
                    ),
                ),
                (
                    "present",
                    models.CharField(
                        blank=True, help_text="Who of the customer was there or let it go.", max_length=160
                    ),
                ),
                ("done_on", models.DateField()),
                ("recorded_at", models.DateTimeField()),
                ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
                ("withdrawn_reason", models.CharField(blank=True, max_length=300)),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(
                        choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1
                    ),
                ),
                (
                    "file",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="portal.storedfile",
                    ),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "signature",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="portal.signature",
                    ),
                ),
                (
                    "withdrawn_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "line_clause",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="routes.lineclause",
                    ),
                ),
                (
                    "traveler",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="routes.traveler",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical clause evidence",
                "verbose_name_plural": "historical clause evidences",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="ComponentUse",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("quantity", models.IntegerField()),
                (
                    "serials",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=60), blank=True, default=list, size=None
                    ),
                ),
                (
                    "into_serials",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=60), blank=True, default=list, size=None
                    ),
                ),
                ("reason", models.CharField(blank=True, max_length=300)),
                ("recorded_at", models.DateTimeField()),
                (
                    "component",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="uses",
                        to="routes.component",
                    ),
                ),
                (
                    "recorded_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "material_lot",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="built_into",
                        to="routes.materiallot",
                    ),
                ),
                (
                    "source_lot",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="built_into",
                        to="routes.traveler",
                    ),
                ),
                (
                    "traveler",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="components_used",
                        to="routes.traveler",
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("material_lot__isnull", True), ("source_lot__isnull", False)),
                            models.Q(("material_lot__isnull", False), ("source_lot__isnull", True)),
                            _connector="OR",
                        ),
                        name="component_comes_from_one_place",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("quantity__gt", 0),
                            models.Q(("quantity__lt", 0), models.Q(("reason", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="component_taken_out_has_a_reason",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ClauseEvidence",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.CharField(max_length=40, unique=True)),
                (
                    "reference",
                    models.CharField(
                        help_text="The document, report or letter that shows it.", max_length=160
                    ),
                ),
                (
                    "present",
                    models.CharField(
                        blank=True, help_text="Who of the customer was there or let it go.", max_length=160
                    ),
                ),
                ("done_on", models.DateField()),
                ("recorded_at", models.DateTimeField()),
                ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
                ("withdrawn_reason", models.CharField(blank=True, max_length=300)),
                (
                    "file",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="portal.storedfile",
                    ),
                ),
                (
                    "signature",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="portal.signature"
                    ),
                ),
                (
                    "withdrawn_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "line_clause",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="evidence",
                        to="routes.lineclause",
                    ),
                ),
                (
                    "traveler",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="clause_evidence",
                        to="routes.traveler",
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("withdrawn_at__isnull", True),
                                ("withdrawn_by__isnull", True),
                                ("withdrawn_reason", ""),
                            ),
                            models.Q(
                                ("withdrawn_at__isnull", False),
                                ("withdrawn_by__isnull", False),
                                models.Q(("withdrawn_reason", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="withdrawn_clause_evidence_says_who_and_why",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="TravelerStep",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "number",
                    models.CharField(
                        help_text="Lot, operation and pass, as in T-000312-60-1.", max_length=80, unique=True
                    ),
                ),
                ("pass_number", models.PositiveSmallIntegerField(default=1)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "Waiting"),
                            ("signed", "Signed"),
                            ("elsewhere", "Recorded elsewhere"),
                            ("skipped", "Skipped"),
                        ],
                        default="waiting",
                        max_length=10,
                    ),
                ),
                ("quantity_in", models.PositiveIntegerField(blank=True, null=True)),
                ("quantity_out", models.PositiveIntegerField(blank=True, null=True)),
                ("signed_at", models.DateTimeField(blank=True, null=True)),
                ("late_reason", models.CharField(blank=True, max_length=300)),
                ("skipped_at", models.DateTimeField(blank=True, null=True)),
                (
                    "incoming_owner",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="incoming_steps",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "operation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="steps",
                        to="routes.operation",
                    ),
                ),
                (
                    "quality_owner",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="quality_steps",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "signature",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        to="portal.signature",
                    ),
                ),
                (
                    "timing_owner",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="timing_steps",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "traveler",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="steps",
                        to="routes.traveler",
                    ),
                ),
            ],
            options={
                "ordering": ["traveler", "operation__sequence", "pass_number"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("traveler", "operation", "pass_number"), name="step_once_a_pass"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("signature__isnull", True),
                                ("signed_at__isnull", True),
                                ("state__in", ["waiting", "elsewhere", "skipped"]),
                            ),
                            models.Q(
                                ("signature__isnull", False),
                                ("signed_at__isnull", False),
                                ("state", "signed"),
                            ),
                            _connector="OR",
                        ),
                        name="signed_step_has_signature_and_moment",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("skipped_at__isnull", False), ("state", "skipped")),
                            models.Q(
                                models.Q(("state", "skipped"), _negated=True), ("skipped_at__isnull", True)
                            ),
                            _connector="OR",
                        ),
                        name="skipped_step_has_its_moment",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="TravelerAmendment",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.CharField(max_length=40, unique=True)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("redline", "Redline"),
                            ("skip", "Skip"),
                            ("add", "Added operation"),
                            ("repeat", "Repeat"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("proposed", "Waits for a decision"),
                            ("approved", "Approved"),
                            ("refused", "Refused"),
                            ("withdrawn", "Withdrawn"),
                        ],
                        default="proposed",
                        max_length=10,
                    ),
                ),
                (
                    "sequence",
                    models.PositiveIntegerField(
                        blank=True, help_text="Where an added operation stands.", null=True
                    ),
                ),
                ("name", models.CharField(blank=True, help_text="Of an added operation.", max_length=120)),
                (
                    "operation_kind",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("material", "Material issue"),
                            ("machine", "Machine"),
                            ("deburr", "Deburr"),
                            ("wash", "Wash"),
                            ("inspect", "Inspect"),
                            ("outside", "Outside process"),
                            ("mark", "Mark"),
                            ("pack", "Pack"),
                        ],
                        max_length=10,
                    ),
                ),
                ("words", models.TextField(blank=True, help_text="The instruction that holds for this lot.")),
                (
                    "repeated",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.PositiveIntegerField(), blank=True, default=list, size=None
                    ),
                ),
                ("reason", models.CharField(max_length=300)),
                ("proposed_at", models.DateTimeField()),
                ("decided_at", models.DateTimeField(blank=True, null=True)),
                ("decision_reason", models.CharField(blank=True, max_length=300)),
                (
                    "operation",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="added_by",
                        to="routes.operation",
                    ),
                ),
                (
                    "proposed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "signature",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="portal.signature",
                    ),
                ),
                (
                    "traveler",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="amendments",
                        to="routes.traveler",
                    ),
                ),
                (
                    "step",
                    models.ForeignKey(
                        blank=True,
                        help_text="The step a redline or a skip touches.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="amendments",
                        to="routes.travelerstep",
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("kind", "redline"),
                                ("sequence__isnull", True),
                                ("step__isnull", False),
                                models.Q(("words", ""), _negated=True),
                            ),
                            models.Q(
                                ("kind", "skip"),
                                ("sequence__isnull", True),
                                ("step__isnull", False),
                                ("words", ""),
                            ),
                            models.Q(
                                ("kind", "add"),
                                ("sequence__isnull", False),
                                ("step__isnull", True),
                                models.Q(("name", ""), _negated=True),
                                models.Q(("operation_kind", ""), _negated=True),
                                models.Q(("words", ""), _negated=True),
                            ),
                            models.Q(
                                ("kind", "repeat"),
                                ("repeated__len__gt", 0),
                                ("sequence__isnull", True),
                                ("step__isnull", True),
                                ("words", ""),
                            ),
                            _connector="OR",
                        ),
                        name="amendment_says_what_it_changes",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("decided_at__isnull", True),
                                ("signature__isnull", True),
                                ("state", "proposed"),
                            ),
                            models.Q(
                                ("decided_at__isnull", False),
                                ("signature__isnull", False),
                                ("state__in", ["approved", "refused"]),
                            ),
                            models.Q(
                                ("decided_at__isnull", False),
                                ("signature__isnull", True),
                                ("state", "withdrawn"),
                            ),
                            _connector="OR",
                        ),
                        name="decided_amendment_is_signed",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "add"), ("operation__isnull", False), ("state", "approved")),
                            models.Q(
                                models.Q(("kind", "add"), ("state", "approved"), _negated=True),
                                ("operation__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="approved_addition_has_its_operation",
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="setuprun",
            name="step",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="setup_runs",
                to="routes.travelerstep",
            ),
        ),
        migrations.CreateModel(
            name="QuantityMove",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("scrapped", "Scrapped"),
                            ("destroyed", "Destroyed in test"),
                            ("retained", "Retained sample"),
                            ("correction", "Count correction"),
                            ("built_in", "Built into an assembly"),
                            ("rejoined", "Rejoined"),
                        ],
                        max_length=12,
                    ),
                ),
                ("quantity", models.IntegerField()),
                (
                    "serials",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=60), blank=True, default=list, size=None
                    ),
                ),
                ("reason", models.CharField(max_length=300)),
                ("recorded_at", models.DateTimeField()),
                (
                    "recorded_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "witness",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "traveler",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="quantity_moves",
                        to="routes.traveler",
                    ),
                ),
                (
                    "step",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        to="routes.travelerstep",
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("kind__in", ["correction", "built_in", "rejoined"]),
                                models.Q(("quantity", 0), _negated=True),
                            ),
                            models.Q(
                                models.Q(("kind__in", ["correction", "built_in", "rejoined"]), _negated=True),
                                ("quantity__gt", 0),
                            ),
                            _connector="OR",
                        ),
                        name="move_quantity_makes_sense",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind__in", ["scrapped", "correction"]), _negated=True),
                            ("witness__isnull", False),
                            _connector="OR",
                        ),
                        name="scrap_and_corrections_are_witnessed",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="HistoricalTravelerAmendment",
            fields=[
                (
                    "id",
                    models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID"),
                ),
                ("number", models.CharField(db_index=True, max_length=40)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("redline", "Redline"),
                            ("skip", "Skip"),
                            ("add", "Added operation"),
                            ("repeat", "Repeat"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("proposed", "Waits for a decision"),
                            ("approved", "Approved"),
                            ("refused", "Refused"),
                            ("withdrawn", "Withdrawn"),
                        ],
                        default="proposed",
                        max_length=10,
                    ),
                ),
                (
                    "sequence",
                    models.PositiveIntegerField(
                        blank=True, help_text="Where an added operation stands.", null=True
                    ),
                ),
                ("name", models.CharField(blank=True, help_text="Of an added operation.", max_length=120)),
                (
                    "operation_kind",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("material", "Material issue"),
                            ("machine", "Machine"),
                            ("deburr", "Deburr"),
                            ("wash", "Wash"),
                            ("inspect", "Inspect"),
                            ("outside", "Outside process"),
                            ("mark", "Mark"),
                            ("pack", "Pack"),
                        ],
                        max_length=10,
                    ),
                ),
                ("words", models.TextField(blank=True, help_text="The instruction that holds for this lot.")),
                (
                    "repeated",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.PositiveIntegerField(), blank=True, default=list, size=None
                    ),
                ),
                ("reason", models.CharField(max_length=300)),
                ("proposed_at", models.DateTimeField()),
                ("decided_at", models.DateTimeField(blank=True, null=True)),
                ("decision_reason", models.CharField(blank=True, max_length=300)),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(
                        choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1
                    ),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "proposed_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "signature",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="portal.signature",
                    ),
                ),
                (
                    "operation",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="routes.operation",
                    ),
                ),
                (
                    "traveler",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="routes.traveler",
                    ),
                ),
                (
                    "step",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        help_text="The step a redline or a skip touches.",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="routes.travelerstep",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical traveler amendment",
                "verbose_name_plural": "historical traveler amendments",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.AddConstraint(
            model_name="characteristic",
            constraint=models.UniqueConstraint(
                fields=("part_revision", "balloon"), name="balloon_once_a_part_revision"
            ),
        ),
        migrations.AddConstraint(
            model_name="characteristic",
            constraint=models.UniqueConstraint(
                fields=("part_revision", "identity"), name="identity_once_a_part_revision"
            ),
        ),
        migrations.AddConstraint(
            model_name="operation",
            constraint=models.UniqueConstraint(
                fields=("route_revision", "sequence"), name="sequence_once_a_route_revision"
            ),
        ),
        migrations.AddConstraint(
            model_name="operation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("kind", "outside"), _negated=True),
                    ("specification__isnull", False),
                    _connector="OR",
                ),
                name="outside_operation_names_a_specification",
            ),
        ),
        migrations.AddIndex(
            model_name="materiallot",
            index=models.Index(fields=["identifier"], name="receipts_of_a_heat"),
        ),
        migrations.AddIndex(
            model_name="traveler",
            index=models.Index(
                condition=models.Q(("purpose", "prototype")), fields=["route_revision"], name="prototype_lots"
            ),
        ),
        migrations.AddIndex(
            model_name="setuprun",
            index=models.Index(fields=["nc_raw_sha256"], name="runs_of_a_program"),
        ),
        migrations.AddIndex(
            model_name="setuprun",
            index=models.Index(fields=["nc_cutting_sha256"], name="runs_of_cutting_words"),
        ),
        migrations.AddField(
            model_name="calibration",
            name="file",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="portal.storedfile",
            ),
        ),
        migrations.AddField(
            model_name="calibration",
            name="uncertainty",
            field=models.CharField(blank=True, help_text="As the certificate states it.", max_length=60),
        ),
        migrations.AddField(
            model_name="calibration",
            name="was_found_in_tolerance",
            field=models.BooleanField(
                default=True, help_text="As found: whether what it read before still counts."
            ),
        ),
        migrations.AddField(
            model_name="gauge",
            name="interval_days",
            field=models.PositiveIntegerField(
                blank=True, help_text="From one calibration to the next.", null=True
            ),
        ),
        migrations.AddField(
            model_name="gauge",
            name="location",
            field=models.CharField(blank=True, max_length=120),
        ),
        migrations.AddField(
            model_name="gauge",
            name="owner",
            field=models.CharField(blank=True, help_text="Who answers for it.", max_length=120),
        ),
        migrations.AddField(
            model_name="historicalcalibration",
            name="file",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="portal.storedfile",
            ),
        ),
        migrations.AddField(
            model_name="historicalcalibration",
            name="uncertainty",
            field=models.CharField(blank=True, help_text="As the certificate states it.", max_length=60),
        ),
        migrations.AddField(
            model_name="historicalcalibration",
            name="was_found_in_tolerance",
            field=models.BooleanField(
                default=True, help_text="As found: whether what it read before still counts."
            ),
        ),
        migrations.AddField(
            model_name="historicalgauge",
            name="interval_days",
            field=models.PositiveIntegerField(
                blank=True, help_text="From one calibration to the next.", null=True
            ),
        ),
        migrations.AddField(
            model_name="historicalgauge",
            name="location",
            field=models.CharField(blank=True, max_length=120),
        ),
        migrations.AddField(
            model_name="historicalgauge",
            name="owner",
            field=models.CharField(blank=True, help_text="Who answers for it.", max_length=120),
        ),
        migrations.AlterField(
            model_name="calibration",
            name="is_in_tolerance",
            field=models.BooleanField(default=True, help_text="As left: whether it may be used."),
        ),
        migrations.AlterField(
            model_name="historicalcalibration",
            name="is_in_tolerance",
            field=models.BooleanField(default=True, help_text="As left: whether it may be used."),
        ),
        migrations.CreateModel(
            name="HistoricalGaugeRange",
            fields=[
                (
                    "id",
                    models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID"),
                ),
                ("low", models.DecimalField(decimal_places=8, max_digits=18)),
                ("high", models.DecimalField(decimal_places=8, max_digits=18)),
                ("unit", models.CharField(max_length=10)),
                ("resolution", models.DecimalField(blank=True, decimal_places=8, max_digits=18, null=True)),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(
                        choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1
                    ),
                ),
                (
                    "gauge",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="routes.gauge",
                    ),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "historical gauge range",
                "verbose_name_plural": "historical gauge ranges",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="GaugeRange",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("low", models.DecimalField(decimal_places=8, max_digits=18)),
                ("high", models.DecimalField(decimal_places=8, max_digits=18)),
                ("unit", models.CharField(max_length=10)),
                ("resolution", models.DecimalField(blank=True, decimal_places=8, max_digits=18, null=True)),
                (
                    "gauge",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="ranges", to="routes.gauge"
                    ),
                ),
            ],
            options={
                "ordering": ["gauge", "low"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("high__gt", models.F("low"))), name="gauge_range_in_order"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("resolution__isnull", True), ("resolution__gt", 0), _connector="OR"
                        ),
                        name="gauge_resolution_above_zero",
                    ),
                ],
            },
        ),
    ]
