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
        ("routes", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="FirstArticle",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.CharField(max_length=40, unique=True)),
                (
                    "form_revision",
                    models.CharField(choices=[("C", "Rev C"), ("B", "Rev B")], default="C", max_length=5),
                ),
                ("serial", models.CharField(help_text="The piece that was measured.", max_length=60)),
                (
                    "extent",
                    models.CharField(
                        choices=[("full", "Full FAI"), ("partial", "Partial FAI")],
                        default="full",
                        max_length=8,
                    ),
                ),
                (
                    "reason",
                    models.CharField(
                        blank=True, help_text="Field 14: why this full or partial FAI.", max_length=300
                    ),
                ),
                ("additional_changes", models.CharField(blank=True, help_text="Field 8.", max_length=300)),
                ("comments", models.TextField(blank=True, help_text="Field 26.")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "Draft"),
                            ("submitted", "In review"),
                            ("approved", "Approved"),
                            ("customer_approved", "Approved by the customer"),
                            ("on_condition", "Approved on a condition"),
                            ("returned", "Returned"),
                            ("withdrawn", "Approval withdrawn"),
                        ],
                        default="draft",
                        max_length=20,
                    ),
                ),
                ("opened_at", models.DateTimeField()),
                ("forms", models.JSONField(blank=True, default=dict)),
                ("return_reason", models.TextField(blank=True)),
                (
                    "approved_signature",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="portal.signature",
                    ),
                ),
                (
                    "author",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="first_articles_authored",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "baseline",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        to="inspection.firstarticle",
                    ),
                ),
                (
                    "customer_signature",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="portal.signature",
                    ),
                ),
                (
                    "order_line",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="first_articles",
                        to="routes.orderline",
                    ),
                ),
                (
                    "part_revision",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="first_articles",
                        to="routes.partrevision",
                    ),
                ),
                (
                    "route_revision",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="first_articles",
                        to="routes.routerevision",
                    ),
                ),
                (
                    "traveler",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="first_articles",
                        to="routes.traveler",
                    ),
                ),
                (
                    "verified_signature",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="portal.signature",
                    ),
                ),
                ("condition_due_on", models.DateField(blank=True, null=True)),
                ("condition_quantity", models.PositiveIntegerField(blank=True, null=True)),
                (
                    "corrects",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="corrections",
                        to="inspection.firstarticle",
                    ),
                ),
                ("customer_condition", models.TextField(blank=True)),
            ],
            options={
                "ordering": ["-id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("extent", "full"), ("baseline__isnull", False), _connector="OR"),
                        name="partial_first_article_has_a_baseline",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("state__in", ["approved", "customer_approved", "on_condition"]),
                                _negated=True,
                            ),
                            models.Q(
                                ("approved_signature__isnull", False), ("verified_signature__isnull", False)
                            ),
                            _connector="OR",
                        ),
                        name="approved_first_article_is_signed_twice",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state__in", ["customer_approved", "on_condition"]), _negated=True),
                            ("customer_signature__isnull", False),
                            _connector="OR",
                        ),
                        name="customer_approval_is_signed",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("condition_due_on__isnull", True),
                                ("condition_quantity__isnull", True),
                                ("customer_condition", ""),
                                models.Q(("state", "on_condition"), _negated=True),
                            ),
                            models.Q(
                                models.Q(("customer_condition", ""), _negated=True),
                                ("condition_due_on__isnull", False),
                                ("condition_quantity__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="condition_says_what_until_when_and_how_many",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state__in", ["draft", "submitted", "returned"])),
                        fields=("corrects",),
                        name="one_open_correction_of_a_first_article",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="FieldComment",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "form",
                    models.PositiveSmallIntegerField(choices=[(1, "Form 1"), (2, "Form 2"), (3, "Form 3")]),
                ),
                ("field", models.CharField(max_length=4)),
                ("row", models.CharField(blank=True, max_length=40)),
                ("text", models.TextField()),
                ("commented_at", models.DateTimeField()),
                ("answer", models.TextField(blank=True)),
                ("answered_at", models.DateTimeField(blank=True, null=True)),
                (
                    "answered_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "commented_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "first_article",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="field_comments",
                        to="inspection.firstarticle",
                    ),
                ),
            ],
            options={
                "ordering": ["form", "field", "id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("answer", ""), ("answered_at__isnull", True), ("answered_by__isnull", True)
                            ),
                            models.Q(
                                models.Q(("answer", ""), _negated=True),
                                ("answered_at__isnull", False),
                                ("answered_by__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="answered_comment_says_who_and_when",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="FirstArticleLine",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("tooling", models.CharField(blank=True, help_text="Field 10.", max_length=120)),
                ("comment", models.CharField(blank=True, max_length=300)),
                (
                    "characteristic",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="first_article_lines",
                        to="routes.characteristic",
                    ),
                ),
                (
                    "first_article",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="lines",
                        to="inspection.firstarticle",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("first_article", "characteristic"), name="line_once_a_first_article"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="HeldApproval",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("customer_reference", models.CharField(max_length=120)),
                ("approved_on", models.DateField()),
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
                    "part_revision",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="held_approvals",
                        to="routes.partrevision",
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
                    "signature",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="portal.signature"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("fair", "FAIR"),
                            ("aiag_ppap", "AIAG PPAP"),
                            ("as9145_ppap", "AS9145 PPAP"),
                        ],
                        default="fair",
                        max_length=12,
                    ),
                ),
                (
                    "level",
                    models.PositiveSmallIntegerField(
                        blank=True, help_text="Of an AIAG PPAP, 1 to 5.", null=True
                    ),
                ),
                ("quantity_limit", models.PositiveIntegerField(blank=True, null=True)),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("approved", "Approved"),
                            ("interim", "Interim approval"),
                            ("rejected", "Rejected"),
                        ],
                        default="approved",
                        max_length=10,
                    ),
                ),
                ("valid_to", models.DateField(blank=True, null=True)),
            ],
            options={
                "ordering": ["-id"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("part_revision", "customer_reference", "status"),
                        name="held_approval_once_a_part_revision",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "aiag_ppap"), ("level__range", (1, 5))),
                            models.Q(models.Q(("kind", "aiag_ppap"), _negated=True), ("level__isnull", True)),
                            _connector="OR",
                        ),
                        name="only_an_aiag_ppap_has_a_level",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("status", "interim"),
                                models.Q(
                                    ("valid_to__isnull", False),
                                    models.Q(("quantity_limit__gt", 0), ("quantity_limit__isnull", False)),
                                    _connector="OR",
                                ),
                            ),
                            models.Q(
                                models.Q(("status", "interim"), _negated=True),
                                ("quantity_limit__isnull", True),
                                ("valid_to__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="only_an_interim_approval_is_limited",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="HistoricalFieldComment",
            fields=[
                (
                    "id",
                    models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID"),
                ),
                (
                    "form",
                    models.PositiveSmallIntegerField(choices=[(1, "Form 1"), (2, "Form 2"), (3, "Form 3")]),
                ),
                ("field", models.CharField(max_length=4)),
                ("row", models.CharField(blank=True, max_length=40)),
                ("text", models.TextField()),
                ("commented_at", models.DateTimeField()),
                ("answer", models.TextField(blank=True)),
                ("answered_at", models.DateTimeField(blank=True, null=True)),
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
                    "answered_by",
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
                    "commented_by",
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
                    "first_article",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="inspection.firstarticle",
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
                "verbose_name": "historical field comment",
                "verbose_name_plural": "historical field comments",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalFirstArticle",
            fields=[
                (
                    "id",
                    models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID"),
                ),
                ("number", models.CharField(db_index=True, max_length=40)),
                (
                    "form_revision",
                    models.CharField(choices=[("C", "Rev C"), ("B", "Rev B")], default="C", max_length=5),
                ),
                ("serial", models.CharField(help_text="The piece that was measured.", max_length=60)),
                (
                    "extent",
                    models.CharField(
                        choices=[("full", "Full FAI"), ("partial", "Partial FAI")],
                        default="full",
                        max_length=8,
                    ),
                ),
                (
                    "reason",
                    models.CharField(
                        blank=True, help_text="Field 14: why this full or partial FAI.", max_length=300
                    ),
                ),
                ("additional_changes", models.CharField(blank=True, help_text="Field 8.", max_length=300)),
                ("comments", models.TextField(blank=True, help_text="Field 26.")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "Draft"),
                            ("submitted", "In review"),
                            ("approved", "Approved"),
                            ("customer_approved", "Approved by the customer"),
                            ("on_condition", "Approved on a condition"),
                            ("returned", "Returned"),
                            ("withdrawn", "Approval withdrawn"),
                        ],
                        default="draft",
                        max_length=20,
                    ),
                ),
                ("opened_at", models.DateTimeField()),
                ("forms", models.JSONField(blank=True, default=dict)),
                ("return_reason", models.TextField(blank=True)),
                ("condition_due_on", models.DateField(blank=True, null=True)),
                ("condition_quantity", models.PositiveIntegerField(blank=True, null=True)),
                (
                    "corrects",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="inspection.firstarticle",
                    ),
                ),
                ("customer_condition", models.TextField(blank=True)),
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
                    "approved_signature",
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
                    "baseline",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="inspection.firstarticle",
                    ),
                ),
                (
                    "customer_signature",
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
                    "verified_signature",
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
                "verbose_name": "historical first article",
                "verbose_name_plural": "historical first articles",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalFirstArticleLine",
            fields=[
                (
                    "id",
                    models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID"),
                ),
                ("tooling", models.CharField(blank=True, help_text="Field 10.", max_length=120)),
                ("comment", models.CharField(blank=True, max_length=300)),
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
                    "first_article",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="inspection.firstarticle",
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
                "verbose_name": "historical first article line",
                "verbose_name_plural": "historical first article lines",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalHeldApproval",
            fields=[
                (
                    "id",
                    models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID"),
                ),
                ("customer_reference", models.CharField(max_length=120)),
                ("approved_on", models.DateField()),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("fair", "FAIR"),
                            ("aiag_ppap", "AIAG PPAP"),
                            ("as9145_ppap", "AS9145 PPAP"),
                        ],
                        default="fair",
                        max_length=12,
                    ),
                ),
                (
                    "level",
                    models.PositiveSmallIntegerField(
                        blank=True, help_text="Of an AIAG PPAP, 1 to 5.", null=True
                    ),
                ),
                ("quantity_limit", models.PositiveIntegerField(blank=True, null=True)),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("approved", "Approved"),
                            ("interim", "Interim approval"),
                            ("rejected", "Rejected"),
                        ],
                        default="approved",
                        max_length=10,
                    ),
                ),
                ("valid_to", models.DateField(blank=True, null=True)),
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
                "verbose_name": "historical held approval",
                "verbose_name_plural": "historical held approvals",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalInspectionRecord",
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
                            ("incoming", "Incoming"),
                            ("in_process", "In process"),
                            ("final", "Final"),
                            ("fai", "First article"),
                            ("customer", "Customer's"),
                        ],
                        max_length=12,
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[("open", "Open"), ("completed", "Completed"), ("voided", "Voided")],
                        default="open",
                        max_length=10,
                    ),
                ),
                ("plan", models.JSONField(default=list)),
                ("lot_size", models.PositiveIntegerField()),
                ("opened_at", models.DateTimeField()),
                ("completed_at", models.DateTimeField(blank=True, null=True)),
                ("void_reason", models.CharField(blank=True, max_length=300)),
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
                    "completion_signature",
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
                    "inspector",
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
                    "source_file",
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
                    "step",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="routes.travelerstep",
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
                "verbose_name": "historical inspection record",
                "verbose_name_plural": "historical inspection records",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalResultMapping",
            fields=[
                (
                    "id",
                    models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID"),
                ),
                ("source", models.CharField(max_length=160)),
                ("unit", models.CharField(blank=True, choices=[("mm", "mm"), ("in", "in")], max_length=5)),
                ("decided_at", models.DateTimeField()),
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
                    "decided_by",
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
                "verbose_name": "historical result mapping",
                "verbose_name_plural": "historical result mappings",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="InspectionRecord",
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
                            ("incoming", "Incoming"),
                            ("in_process", "In process"),
                            ("final", "Final"),
                            ("fai", "First article"),
                            ("customer", "Customer's"),
                        ],
                        max_length=12,
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[("open", "Open"), ("completed", "Completed"), ("voided", "Voided")],
                        default="open",
                        max_length=10,
                    ),
                ),
                ("plan", models.JSONField(default=list)),
                ("lot_size", models.PositiveIntegerField()),
                ("opened_at", models.DateTimeField()),
                ("completed_at", models.DateTimeField(blank=True, null=True)),
                ("void_reason", models.CharField(blank=True, max_length=300)),
                (
                    "completion_signature",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        to="portal.signature",
                    ),
                ),
                (
                    "inspector",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="inspections",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "source_file",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        to="portal.storedfile",
                    ),
                ),
                (
                    "step",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="inspections",
                        to="routes.travelerstep",
                    ),
                ),
                (
                    "traveler",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="inspections",
                        to="routes.traveler",
                    ),
                ),
            ],
            options={
                "ordering": ["-id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "customer"), ("step__isnull", True)),
                            models.Q(models.Q(("kind", "customer"), _negated=True), ("step__isnull", False)),
                            _connector="OR",
                        ),
                        name="only_the_customers_inspection_has_no_step",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "completed"), _negated=True),
                            models.Q(
                                ("completed_at__isnull", False), ("completion_signature__isnull", False)
                            ),
                            _connector="OR",
                        ),
                        name="completed_inspection_is_signed",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Measurement",
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
                    "serial",
                    models.CharField(
                        help_text="Serial, or the number of the piece within the sample.", max_length=60
                    ),
                ),
                ("value", models.DecimalField(decimal_places=8, max_digits=18, null=True)),
                ("stated_value", models.CharField(blank=True, max_length=60)),
                ("stated_unit", models.CharField(blank=True, max_length=10)),
                (
                    "stated",
                    models.CharField(
                        blank=True, help_text="The verdict in the source, as written.", max_length=30
                    ),
                ),
                (
                    "verdict",
                    models.CharField(
                        choices=[("PASS", "Pass"), ("FAIL", "Fail"), ("NONE", "No verdict")], max_length=5
                    ),
                ),
                ("measured_on", models.DateField()),
                ("recorded_at", models.DateTimeField()),
                (
                    "characteristic",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="measurements",
                        to="routes.characteristic",
                    ),
                ),
                (
                    "gauge",
                    models.ForeignKey(
                        blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, to="routes.gauge"
                    ),
                ),
                (
                    "record",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="measurements",
                        to="inspection.inspectionrecord",
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
                    "source_file",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        to="portal.storedfile",
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
            },
        ),
        migrations.CreateModel(
            name="HistoricalNonconformance",
            fields=[
                (
                    "id",
                    models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID"),
                ),
                ("number", models.CharField(db_index=True, max_length=40)),
                ("description", models.TextField()),
                ("quantity", models.PositiveIntegerField()),
                (
                    "serials",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=60), blank=True, default=list, size=None
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[("open", "Open"), ("dispositioned", "Dispositioned"), ("closed", "Closed")],
                        default="open",
                        max_length=15,
                    ),
                ),
                ("opened_at", models.DateTimeField()),
                (
                    "disposition",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("use_as_is", "Use as is"),
                            ("rework", "Rework"),
                            ("repair", "Repair"),
                            ("scrap", "Scrap"),
                            ("return", "Return to supplier"),
                        ],
                        max_length=12,
                    ),
                ),
                ("disposition_reason", models.TextField(blank=True)),
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
                    "found_on_traveler",
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
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "opened_by",
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
                    "measurement",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="inspection.measurement",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical nonconformance",
                "verbose_name_plural": "historical nonconformances",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="MeasurementVoid",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("reason", models.CharField(max_length=300)),
                ("voided_at", models.DateTimeField()),
                (
                    "measurement",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="void",
                        to="inspection.measurement",
                    ),
                ),
                (
                    "voided_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("reason", ""), _negated=True), name="void_has_a_reason"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Nonconformance",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.CharField(max_length=40, unique=True)),
                ("description", models.TextField()),
                ("quantity", models.PositiveIntegerField()),
                (
                    "serials",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=60), blank=True, default=list, size=None
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[("open", "Open"), ("dispositioned", "Dispositioned"), ("closed", "Closed")],
                        default="open",
                        max_length=15,
                    ),
                ),
                ("opened_at", models.DateTimeField()),
                (
                    "disposition",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("use_as_is", "Use as is"),
                            ("rework", "Rework"),
                            ("repair", "Repair"),
                            ("scrap", "Scrap"),
                            ("return", "Return to supplier"),
                        ],
                        max_length=12,
                    ),
                ),
                ("disposition_reason", models.TextField(blank=True)),
                (
                    "characteristic",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        to="routes.characteristic",
                    ),
                ),
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
                    "found_on_traveler",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="nonconformances_found",
                        to="routes.traveler",
                    ),
                ),
                (
                    "measurement",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="nonconformances",
                        to="inspection.measurement",
                    ),
                ),
                (
                    "opened_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="nonconformances_opened",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "traveler",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="nonconformances",
                        to="routes.traveler",
                    ),
                ),
            ],
            options={
                "ordering": ["-id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state", "open"),
                            models.Q(
                                ("disposition_signature__isnull", False),
                                models.Q(("disposition", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="dispositioned_is_signed",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("quantity__gt", 0)), name="nonconformance_above_zero"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="HistoricalConcession",
            fields=[
                (
                    "id",
                    models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID"),
                ),
                ("number", models.CharField(db_index=True, max_length=40)),
                ("customer_reference", models.CharField(max_length=80)),
                (
                    "decided_by",
                    models.CharField(help_text="Name and office at the design authority.", max_length=160),
                ),
                ("decided_on", models.DateField()),
                ("quantity_limit", models.PositiveIntegerField()),
                (
                    "serials",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=60), blank=True, default=list, size=None
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
                    "evidence",
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
                    "nonconformance",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="inspection.nonconformance",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical concession",
                "verbose_name_plural": "historical concessions",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="Concession",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.CharField(max_length=40, unique=True)),
                ("customer_reference", models.CharField(max_length=80)),
                (
                    "decided_by",
                    models.CharField(help_text="Name and office at the design authority.", max_length=160),
                ),
                ("decided_on", models.DateField()),
                ("quantity_limit", models.PositiveIntegerField()),
                (
                    "serials",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=60), blank=True, default=list, size=None
                    ),
                ),
                (
                    "evidence",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        to="portal.storedfile",
                    ),
                ),
                (
                    "nonconformance",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="concessions",
                        to="inspection.nonconformance",
                    ),
                ),
            ],
            options={
                "ordering": ["-id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("quantity_limit__gt", 0)), name="concession_above_zero"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ResultMapping",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("source", models.CharField(max_length=160)),
                ("unit", models.CharField(blank=True, choices=[("mm", "mm"), ("in", "in")], max_length=5)),
                ("decided_at", models.DateTimeField()),
                (
                    "decided_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "part_revision",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="result_mappings",
                        to="routes.partrevision",
                    ),
                ),
            ],
            options={
                "ordering": ["source"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("part_revision", "source"), name="source_once_a_part_revision"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="MappedItem",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "item_name",
                    models.CharField(
                        blank=True, help_text="Empty for a value without a name.", max_length=200
                    ),
                ),
                ("item_occurrence", models.PositiveIntegerField(default=1)),
                ("set_aside_reason", models.CharField(blank=True, max_length=300)),
                (
                    "characteristic",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="mapped_items",
                        to="routes.characteristic",
                    ),
                ),
                (
                    "mapping",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="items",
                        to="inspection.resultmapping",
                    ),
                ),
            ],
            options={
                "ordering": ["mapping", "item_name", "item_occurrence"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("mapping", "item_name", "item_occurrence"), name="item_once_a_mapping"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("characteristic__isnull", False), ("set_aside_reason", "")),
                            models.Q(
                                ("characteristic__isnull", True),
                                models.Q(("set_aside_reason", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="item_is_ours_or_set_aside",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ValueSetAside",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("item_name", models.CharField(blank=True, max_length=200)),
                ("item_occurrence", models.PositiveIntegerField(default=1)),
                ("sample", models.CharField(help_text="The sample as the file names it.", max_length=60)),
                ("stated_value", models.CharField(max_length=60)),
                (
                    "stated",
                    models.CharField(
                        blank=True, help_text="The verdict in the source, as written.", max_length=30
                    ),
                ),
                ("reason", models.CharField(max_length=300)),
                (
                    "record",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="values_set_aside",
                        to="inspection.inspectionrecord",
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("reason", ""), _negated=True), name="set_aside_has_a_reason"
                    )
                ],
            },
        ),
        migrations.AddIndex(
            model_name="measurement",
            index=models.Index(fields=["characteristic", "serial"], name="measurements_of_a_piece"),
        ),
        migrations.CreateModel(
            name="ContainmentCheck",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "place",
                    models.CharField(
                        choices=[
                            ("stock", "Other stock"),
                            ("in_progress", "Work in progress"),
                            ("shipped", "Product already shipped"),
                        ],
                        max_length=12,
                    ),
                ),
                (
                    "found",
                    models.CharField(help_text="What was looked at, and what was found.", max_length=300),
                ),
                ("quantity_found", models.PositiveIntegerField(default=0)),
                ("checked_on", models.DateField()),
            ],
            options={
                "ordering": ["id"],
            },
        ),
        migrations.CreateModel(
            name="CorrectiveAction",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.CharField(max_length=40, unique=True)),
                (
                    "origin_noun",
                    models.CharField(
                        choices=[
                            ("nonconformance", "Nonconformance"),
                            ("gauge", "Gauge found out of tolerance"),
                            ("certificate", "Rejected certificate"),
                            ("package", "Returned by the customer"),
                            ("by_hand", "Opened by hand"),
                        ],
                        max_length=20,
                    ),
                ),
                ("origin_number", models.CharField(blank=True, max_length=80)),
                ("problem", models.TextField()),
                ("containment", models.TextField(blank=True)),
                ("occurrence_cause", models.TextField(blank=True, help_text="Why it happened.")),
                (
                    "escape_cause",
                    models.TextField(blank=True, help_text="Why it was not found where it happened."),
                ),
                ("systemic_cause", models.TextField(blank=True, help_text="Why the system let both be.")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "Open"),
                            ("answered", "Answered"),
                            ("accepted", "Answer accepted"),
                            ("implemented", "Implemented"),
                            ("effective", "Effective"),
                            ("reopened", "Reopened"),
                            ("dropped", "Dropped"),
                        ],
                        default="open",
                        max_length=12,
                    ),
                ),
                ("due_on", models.DateField(help_text="The last day for the answer.")),
                ("opened_at", models.DateTimeField()),
                ("answered_at", models.DateTimeField(blank=True, null=True)),
                ("implemented_at", models.DateTimeField(blank=True, null=True)),
                (
                    "check_on",
                    models.DateField(blank=True, help_text="The day to look whether it helped.", null=True),
                ),
                ("check_after_lots", models.PositiveIntegerField(blank=True, null=True)),
                (
                    "said",
                    models.TextField(
                        blank=True,
                        help_text="Why it was last returned, accepted, proved, reopened or dropped.",
                    ),
                ),
            ],
            options={
                "ordering": ["-id"],
            },
        ),
        migrations.CreateModel(
            name="CorrectiveStep",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("text", models.CharField(max_length=300)),
                (
                    "owner",
                    models.CharField(
                        help_text="Who does it; at a vendor the portal knows not everybody.", max_length=120
                    ),
                ),
                ("due_on", models.DateField()),
                ("done_on", models.DateField(blank=True, null=True)),
                (
                    "evidence",
                    models.CharField(blank=True, help_text="What shows that it is done.", max_length=300),
                ),
            ],
            options={
                "ordering": ["id"],
            },
        ),
        migrations.CreateModel(
            name="FindingCode",
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
                        choices=[("defect", "Defect"), ("process", "Process"), ("cause", "Cause")],
                        max_length=8,
                    ),
                ),
                ("code", models.CharField(max_length=12)),
                ("words", models.CharField(max_length=120)),
                ("is_active", models.BooleanField(default=True)),
            ],
            options={
                "ordering": ["kind", "code"],
            },
        ),
        migrations.CreateModel(
            name="FindingRecord",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "detected_at",
                    models.CharField(
                        choices=[
                            ("operation", "At an operation"),
                            ("final", "At final inspection"),
                            ("receiving", "At receiving"),
                            ("vendor", "At the vendor"),
                            ("customer", "At the customer"),
                        ],
                        max_length=10,
                    ),
                ),
                ("requirement", models.CharField(max_length=300)),
                ("actual", models.CharField(max_length=300)),
                ("quantity_checked", models.PositiveIntegerField()),
                (
                    "party",
                    models.CharField(
                        choices=[("shop", "The shop"), ("vendor", "A vendor"), ("customer", "The customer")],
                        max_length=8,
                    ),
                ),
                ("customer_reference", models.CharField(blank=True, max_length=80)),
                ("written_at", models.DateTimeField()),
            ],
            options={
                "ordering": ["-id"],
            },
        ),
        migrations.CreateModel(
            name="HistoricalConcessionRequest",
            fields=[
                (
                    "id",
                    models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID"),
                ),
                ("number", models.CharField(db_index=True, max_length=40)),
                (
                    "proposal",
                    models.CharField(
                        choices=[("use_as_is", "Use as is"), ("repair", "Repair")], max_length=12
                    ),
                ),
                ("description", models.TextField(help_text="What departs from which requirement.")),
                ("justification", models.TextField()),
                ("quantity", models.PositiveIntegerField()),
                (
                    "serials",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=60), blank=True, default=list, size=None
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("requested", "Requested"),
                            ("granted", "Granted"),
                            ("refused", "Refused"),
                            ("withdrawn", "Withdrawn"),
                        ],
                        default="requested",
                        max_length=10,
                    ),
                ),
                ("requested_at", models.DateTimeField()),
                ("granted_quantity", models.PositiveIntegerField(blank=True, null=True)),
                (
                    "granted_serials",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=60), blank=True, default=list, size=None
                    ),
                ),
                ("valid_to", models.DateField(blank=True, null=True)),
                ("conditions", models.TextField(blank=True)),
                ("customer_reference", models.CharField(blank=True, max_length=80)),
                ("decision_reason", models.TextField(blank=True)),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(
                        choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1
                    ),
                ),
            ],
            options={
                "verbose_name": "historical concession request",
                "verbose_name_plural": "historical concession requests",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalContainmentCheck",
            fields=[
                (
                    "id",
                    models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID"),
                ),
                (
                    "place",
                    models.CharField(
                        choices=[
                            ("stock", "Other stock"),
                            ("in_progress", "Work in progress"),
                            ("shipped", "Product already shipped"),
                        ],
                        max_length=12,
                    ),
                ),
                (
                    "found",
                    models.CharField(help_text="What was looked at, and what was found.", max_length=300),
                ),
                ("quantity_found", models.PositiveIntegerField(default=0)),
                ("checked_on", models.DateField()),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(
                        choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1
                    ),
                ),
            ],
            options={
                "verbose_name": "historical containment check",
                "verbose_name_plural": "historical containment checks",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalCorrectiveAction",
            fields=[
                (
                    "id",
                    models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID"),
                ),
                ("number", models.CharField(db_index=True, max_length=40)),
                (
                    "origin_noun",
                    models.CharField(
                        choices=[
                            ("nonconformance", "Nonconformance"),
                            ("gauge", "Gauge found out of tolerance"),
                            ("certificate", "Rejected certificate"),
                            ("package", "Returned by the customer"),
                            ("by_hand", "Opened by hand"),
                        ],
                        max_length=20,
                    ),
                ),
                ("origin_number", models.CharField(blank=True, max_length=80)),
                ("problem", models.TextField()),
                ("containment", models.TextField(blank=True)),
                ("occurrence_cause", models.TextField(blank=True, help_text="Why it happened.")),
                (
                    "escape_cause",
                    models.TextField(blank=True, help_text="Why it was not found where it happened."),
                ),
                ("systemic_cause", models.TextField(blank=True, help_text="Why the system let both be.")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "Open"),
                            ("answered", "Answered"),
                            ("accepted", "Answer accepted"),
                            ("implemented", "Implemented"),
                            ("effective", "Effective"),
                            ("reopened", "Reopened"),
                            ("dropped", "Dropped"),
                        ],
                        default="open",
                        max_length=12,
                    ),
                ),
                ("due_on", models.DateField(help_text="The last day for the answer.")),
                ("opened_at", models.DateTimeField()),
                ("answered_at", models.DateTimeField(blank=True, null=True)),
                ("implemented_at", models.DateTimeField(blank=True, null=True)),
                (
                    "check_on",
                    models.DateField(blank=True, help_text="The day to look whether it helped.", null=True),
                ),
                ("check_after_lots", models.PositiveIntegerField(blank=True, null=True)),
                (
                    "said",
                    models.TextField(
                        blank=True,
                        help_text="Why it was last returned, accepted, proved, reopened or dropped.",
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
            ],
            options={
                "verbose_name": "historical corrective action",
                "verbose_name_plural": "historical corrective actions",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalCorrectiveStep",
            fields=[
                (
                    "id",
                    models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID"),
                ),
                ("text", models.CharField(max_length=300)),
                (
                    "owner",
                    models.CharField(
                        help_text="Who does it; at a vendor the portal knows not everybody.", max_length=120
                    ),
                ),
                ("due_on", models.DateField()),
                ("done_on", models.DateField(blank=True, null=True)),
                (
                    "evidence",
                    models.CharField(blank=True, help_text="What shows that it is done.", max_length=300),
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
            ],
            options={
                "verbose_name": "historical corrective step",
                "verbose_name_plural": "historical corrective steps",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalFindingCode",
            fields=[
                (
                    "id",
                    models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID"),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[("defect", "Defect"), ("process", "Process"), ("cause", "Cause")],
                        max_length=8,
                    ),
                ),
                ("code", models.CharField(max_length=12)),
                ("words", models.CharField(max_length=120)),
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
            ],
            options={
                "verbose_name": "historical finding code",
                "verbose_name_plural": "historical finding codes",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalFindingRecord",
            fields=[
                (
                    "id",
                    models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID"),
                ),
                (
                    "detected_at",
                    models.CharField(
                        choices=[
                            ("operation", "At an operation"),
                            ("final", "At final inspection"),
                            ("receiving", "At receiving"),
                            ("vendor", "At the vendor"),
                            ("customer", "At the customer"),
                        ],
                        max_length=10,
                    ),
                ),
                ("requirement", models.CharField(max_length=300)),
                ("actual", models.CharField(max_length=300)),
                ("quantity_checked", models.PositiveIntegerField()),
                (
                    "party",
                    models.CharField(
                        choices=[("shop", "The shop"), ("vendor", "A vendor"), ("customer", "The customer")],
                        max_length=8,
                    ),
                ),
                ("customer_reference", models.CharField(blank=True, max_length=80)),
                ("written_at", models.DateTimeField()),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(
                        choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1
                    ),
                ),
            ],
            options={
                "verbose_name": "historical finding record",
                "verbose_name_plural": "historical finding records",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="ReadingsJudgement",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("found_on", models.DateField()),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            ("still_valid", "Still valid, for the reason given"),
                            ("remeasured", "Measured again with a good gauge"),
                        ],
                        max_length=12,
                    ),
                ),
                ("reason", models.TextField()),
                (
                    "measurements",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.BigIntegerField(),
                        help_text="The readings decided on, and no others.",
                        size=None,
                    ),
                ),
                ("decided_at", models.DateTimeField()),
            ],
            options={
                "ordering": ["id"],
            },
        ),
        migrations.AddField(
            model_name="concession",
            name="conditions",
            field=models.TextField(blank=True),
        ),
        migrations.AddField(
            model_name="concession",
            name="source",
            field=models.CharField(
                choices=[
                    ("paper", "The customer's letter"),
                    ("request", "Decided here by the customer"),
                    ("delegated", "Delegated material review authority"),
                ],
                default="paper",
                max_length=10,
            ),
        ),
        migrations.AddField(
            model_name="concession",
            name="valid_to",
            field=models.DateField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="historicalconcession",
            name="conditions",
            field=models.TextField(blank=True),
        ),
        migrations.AddField(
            model_name="historicalconcession",
            name="source",
            field=models.CharField(
                choices=[
                    ("paper", "The customer's letter"),
                    ("request", "Decided here by the customer"),
                    ("delegated", "Delegated material review authority"),
                ],
                default="paper",
                max_length=10,
            ),
        ),
        migrations.AddField(
            model_name="historicalconcession",
            name="valid_to",
            field=models.DateField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="measurement",
            name="gauge_note",
            field=models.CharField(
                blank=True,
                help_text="Why a gauge coarser than a tenth of the tolerance was used.",
                max_length=200,
            ),
        ),
        migrations.CreateModel(
            name="ConcessionRequest",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.CharField(max_length=40, unique=True)),
                (
                    "proposal",
                    models.CharField(
                        choices=[("use_as_is", "Use as is"), ("repair", "Repair")], max_length=12
                    ),
                ),
                ("description", models.TextField(help_text="What departs from which requirement.")),
                ("justification", models.TextField()),
                ("quantity", models.PositiveIntegerField()),
                (
                    "serials",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=60), blank=True, default=list, size=None
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("requested", "Requested"),
                            ("granted", "Granted"),
                            ("refused", "Refused"),
                            ("withdrawn", "Withdrawn"),
                        ],
                        default="requested",
                        max_length=10,
                    ),
                ),
                ("requested_at", models.DateTimeField()),
                ("granted_quantity", models.PositiveIntegerField(blank=True, null=True)),
                (
                    "granted_serials",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=60), blank=True, default=list, size=None
                    ),
                ),
                ("valid_to", models.DateField(blank=True, null=True)),
                ("conditions", models.TextField(blank=True)),
                ("customer_reference", models.CharField(blank=True, max_length=80)),
                ("decision_reason", models.TextField(blank=True)),
                (
                    "attachment",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="portal.storedfile",
                    ),
                ),
                (
                    "customer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="concession_requests",
                        to="portal.organization",
                    ),
                ),
                (
                    "nonconformance",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="concession_requests",
                        to="inspection.nonconformance",
                    ),
                ),
                (
                    "order_line",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="permit_requests",
                        to="routes.orderline",
                    ),
                ),
                (
                    "requested_by",
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
            ],
            options={
                "ordering": ["-id"],
            },
        ),
        migrations.AddField(
            model_name="concession",
            name="request",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="concessions",
                to="inspection.concessionrequest",
            ),
        ),
        migrations.AddField(
            model_name="historicalconcession",
            name="request",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="inspection.concessionrequest",
            ),
        ),
        migrations.AddConstraint(
            model_name="concession",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("request__isnull", False), ("source", "request")),
                    models.Q(models.Q(("source", "request"), _negated=True), ("request__isnull", True)),
                    _connector="OR",
                ),
                name="concession_by_request_names_it",
            ),
        ),
        migrations.AddField(
            model_name="containmentcheck",
            name="checked_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="containmentcheck",
            name="nonconformance",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="containment",
                to="inspection.nonconformance",
            ),
        ),
        migrations.AddField(
            model_name="correctiveaction",
            name="answered_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="correctiveaction",
            name="first_article",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="corrective_actions",
                to="inspection.firstarticle",
            ),
        ),
        migrations.AddField(
            model_name="correctiveaction",
            name="nonconformances",
            field=models.ManyToManyField(
                blank=True, related_name="corrective_actions", to="inspection.nonconformance"
            ),
        ),
        migrations.AddField(
            model_name="correctiveaction",
            name="opened_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="correctiveaction",
            name="owner",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="corrective_actions",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="correctiveaction",
            name="part",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="corrective_actions",
                to="routes.part",
            ),
        ),
        migrations.AddField(
            model_name="correctiveaction",
            name="signature",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="portal.signature",
            ),
        ),
        migrations.AddField(
            model_name="correctiveaction",
            name="vendor",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="corrective_actions",
                to="portal.organization",
            ),
        ),
        migrations.AddField(
            model_name="correctivestep",
            name="corrective_action",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="steps",
                to="inspection.correctiveaction",
            ),
        ),
        migrations.AddField(
            model_name="correctivestep",
            name="done_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddConstraint(
            model_name="findingcode",
            constraint=models.UniqueConstraint(fields=("kind", "code"), name="finding_code_once_a_kind"),
        ),
        migrations.AddField(
            model_name="findingrecord",
            name="cause",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="inspection.findingcode",
            ),
        ),
        migrations.AddField(
            model_name="findingrecord",
            name="defect",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="inspection.findingcode"
            ),
        ),
        migrations.AddField(
            model_name="findingrecord",
            name="nonconformance",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="record",
                to="inspection.nonconformance",
            ),
        ),
        migrations.AddField(
            model_name="findingrecord",
            name="organization",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="findings",
                to="portal.organization",
            ),
        ),
        migrations.AddField(
            model_name="findingrecord",
            name="process",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="inspection.findingcode",
            ),
        ),
        migrations.AddField(
            model_name="findingrecord",
            name="written_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="historicalconcessionrequest",
            name="attachment",
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
            model_name="historicalconcessionrequest",
            name="customer",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="portal.organization",
            ),
        ),
        migrations.AddField(
            model_name="historicalconcessionrequest",
            name="history_user",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="historicalconcessionrequest",
            name="nonconformance",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="inspection.nonconformance",
            ),
        ),
        migrations.AddField(
            model_name="historicalconcessionrequest",
            name="order_line",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="routes.orderline",
            ),
        ),
        migrations.AddField(
            model_name="historicalconcessionrequest",
            name="requested_by",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="historicalconcessionrequest",
            name="signature",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="portal.signature",
            ),
        ),
        migrations.AddField(
            model_name="historicalcontainmentcheck",
            name="checked_by",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="historicalcontainmentcheck",
            name="history_user",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="historicalcontainmentcheck",
            name="nonconformance",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="inspection.nonconformance",
            ),
        ),
        migrations.AddField(
            model_name="historicalcorrectiveaction",
            name="answered_by",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="historicalcorrectiveaction",
            name="first_article",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="inspection.firstarticle",
            ),
        ),
        migrations.AddField(
            model_name="historicalcorrectiveaction",
            name="history_user",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="historicalcorrectiveaction",
            name="opened_by",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="historicalcorrectiveaction",
            name="owner",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="historicalcorrectiveaction",
            name="part",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="routes.part",
            ),
        ),
        migrations.AddField(
            model_name="historicalcorrectiveaction",
            name="signature",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="portal.signature",
            ),
        ),
        migrations.AddField(
            model_name="historicalcorrectiveaction",
            name="vendor",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="portal.organization",
            ),
        ),
        migrations.AddField(
            model_name="historicalcorrectivestep",
            name="corrective_action",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="inspection.correctiveaction",
            ),
        ),
        migrations.AddField(
            model_name="historicalcorrectivestep",
            name="done_by",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="historicalcorrectivestep",
            name="history_user",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="historicalfindingcode",
            name="history_user",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="historicalfindingrecord",
            name="cause",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="inspection.findingcode",
            ),
        ),
        migrations.AddField(
            model_name="historicalfindingrecord",
            name="defect",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="inspection.findingcode",
            ),
        ),
        migrations.AddField(
            model_name="historicalfindingrecord",
            name="history_user",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="historicalfindingrecord",
            name="nonconformance",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="inspection.nonconformance",
            ),
        ),
        migrations.AddField(
            model_name="historicalfindingrecord",
            name="organization",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="portal.organization",
            ),
        ),
        migrations.AddField(
            model_name="historicalfindingrecord",
            name="process",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="inspection.findingcode",
            ),
        ),
        migrations.AddField(
            model_name="historicalfindingrecord",
            name="written_by",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="readingsjudgement",
            name="gauge",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="judgements", to="routes.gauge"
            ),
        ),
        migrations.AddField(
            model_name="readingsjudgement",
            name="signature",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="portal.signature"
            ),
        ),
        migrations.AddField(
            model_name="readingsjudgement",
            name="traveler",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="judgements", to="routes.traveler"
            ),
        ),
        migrations.AddConstraint(
            model_name="concessionrequest",
            constraint=models.CheckConstraint(
                condition=models.Q(("quantity__gt", 0)), name="concession_request_above_zero"
            ),
        ),
        migrations.AddConstraint(
            model_name="concessionrequest",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("nonconformance__isnull", False), ("order_line__isnull", True)),
                    models.Q(("nonconformance__isnull", True), ("order_line__isnull", False)),
                    _connector="OR",
                ),
                name="concession_request_is_about_one",
            ),
        ),
        migrations.AddConstraint(
            model_name="concessionrequest",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state__in", ["granted", "refused"]), _negated=True),
                    ("signature__isnull", False),
                    _connector="OR",
                ),
                name="decided_concession_request_is_signed",
            ),
        ),
        migrations.AddConstraint(
            model_name="concessionrequest",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "requested")),
                fields=("nonconformance",),
                name="one_open_request_a_nonconformance",
            ),
        ),
        migrations.AddConstraint(
            model_name="correctiveaction",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "effective"), _negated=True),
                    ("signature__isnull", False),
                    _connector="OR",
                ),
                name="effective_action_is_signed",
            ),
        ),
        migrations.AddConstraint(
            model_name="correctiveaction",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state__in", ["implemented", "effective"]), _negated=True),
                    ("implemented_at__isnull", False),
                    _connector="OR",
                ),
                name="implemented_action_has_a_moment",
            ),
        ),
        migrations.AddConstraint(
            model_name="correctivestep",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("done_by__isnull", True), ("done_on__isnull", True)),
                    models.Q(("done_by__isnull", False), ("done_on__isnull", False)),
                    _connector="OR",
                ),
                name="done_step_says_who",
            ),
        ),
        migrations.AddConstraint(
            model_name="findingrecord",
            constraint=models.CheckConstraint(
                condition=models.Q(("quantity_checked__gt", 0)), name="finding_checked_above_zero"
            ),
        ),
        migrations.AddConstraint(
            model_name="findingrecord",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("organization__isnull", True), ("party", "shop")),
                    models.Q(models.Q(("party", "shop"), _negated=True), ("organization__isnull", False)),
                    _connector="OR",
                ),
                name="finding_of_a_vendor_names_it",
            ),
        ),
        migrations.AddIndex(
            model_name="readingsjudgement",
            index=models.Index(fields=["traveler", "gauge"], name="judgements_of_a_lot"),
        ),
        migrations.AddConstraint(
            model_name="readingsjudgement",
            constraint=models.CheckConstraint(
                condition=models.Q(("reason", ""), _negated=True), name="judgement_has_a_reason"
            ),
        ),
    ]
