"""The database itself guards the evidence, by role and by trigger."""

import pytest
from django.apps import apps
from django.db import Error, connection, connections, transaction

from portal.domain.events import record_event
from portal.models import Event

EVIDENCE = {
    "portal": [
        "Event",
        "StoredFile",
        "Signature",
        "Reversal",
        "LogEntry",
        "LogNode",
        "LogKey",
        "Checkpoint",
        "DisposedFile",
    ],
    "routes": ["QuantityMove", "SetupRun", "ComponentUse"],
    "subcontract": ["CustodyMove"],
    "inspection": [
        "Measurement",
        "MeasurementVoid",
        "ReadingsJudgement",
        "RepeatabilityStudy",
        "RunRuleChoice",
        "SamplingOutcome",
        "ValueSetAside",
    ],
    "documents": [
        "CertificateKeyRules",
        "CertificateReading",
        "CertificateSighting",
        "ConformityCertificate",
        "JoinedPhoto",
        "PackingRecord",
        "Review",
        "Scorecard",
        "ScorecardTerms",
        "TrailReview",
    ],
}


def evidence_tables():
    named = [apps.get_model(app, name)._meta.db_table for app, names in EVIDENCE.items() for name in names]
    histories = [m._meta.db_table for m in apps.get_models() if m.__name__.startswith("Historical")]
    return sorted(named + histories)


@pytest.mark.django_db
@pytest.mark.parametrize("privilege", ["UPDATE", "DELETE", "TRUNCATE"])
def test_application_role_has_no_right_to_change_evidence(privilege):
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT t FROM unnest(%s) t WHERE has_table_privilege(current_user, t, %s)",
            [evidence_tables(), privilege],
        )
        assert cursor.fetchall() == []
        cursor.execute("SELECT has_table_privilege(current_user, %s, 'INSERT')", [Event._meta.db_table])
        assert cursor.fetchone() == (True,)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "sql", ["UPDATE portal_event SET actor = 'x'", "DELETE FROM portal_event", "TRUNCATE portal_event"]
)
def test_event_cannot_be_changed_by_raw_sql(sql):
    record_event(by=None, verb="test", noun="thing", number="X-1")
    with pytest.raises(Error), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)
    assert Event.objects.filter(number="X-1", actor="the portal").count() == 1


@pytest.mark.django_db(databases=["default", "owner"])
def test_owner_role_is_refused_by_the_trigger():
    with pytest.raises(Error, match="never changed or removed"), connections["owner"].cursor() as cursor:
        cursor.execute("TRUNCATE portal_event CASCADE")


@pytest.mark.django_db
def test_every_evidence_table_has_the_trigger():
    with connection.cursor() as cursor:
        cursor.execute("SELECT tgrelid::regclass::text FROM pg_trigger WHERE tgname = 'append_only'")
        assert sorted(row[0] for row in cursor.fetchall()) == evidence_tables()


@pytest.mark.django_db
def test_leaf_hash_covers_the_canonical_bytes():
    from portal.log.merkle import leaf_hash

    event = record_event(by=None, verb="test", noun="thing", number="X-2", data={"n": 1})
    event.refresh_from_db()
    assert event.leaf_sha256 == leaf_hash(bytes(event.canonical)).hex()
    assert b'"number":"X-2"' in bytes(event.canonical)


LOG_TABLES = ["portal_event", "portal_logentry", "portal_lognode", "portal_logkey", "portal_checkpoint"]


@pytest.mark.django_db
@pytest.mark.parametrize("table", LOG_TABLES)
@pytest.mark.parametrize(
    "sql",
    [
        "DELETE FROM {}",
        "TRUNCATE {} CASCADE",
        "ALTER TABLE {} DISABLE TRIGGER ALL",
        "ALTER TABLE {} DISABLE TRIGGER append_only",
        "DROP TRIGGER append_only ON {}",
        "ALTER TABLE {} OWNER TO CURRENT_USER",
        "CREATE RULE away AS ON INSERT TO {} DO INSTEAD NOTHING",
        "DROP TABLE {} CASCADE",
        "LOCK TABLE {} IN ACCESS EXCLUSIVE MODE; DELETE FROM {}",
    ],
)
def test_application_role_finds_no_way_around_the_guard_of_the_log(table, sql):
    refused = pytest.raises(Error, match="permission denied|must be owner")
    with refused, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql.replace("{}", table))


@pytest.mark.django_db
@pytest.mark.parametrize("table", LOG_TABLES)
def test_application_role_can_grant_itself_nothing(table):
    with connection.cursor() as cursor:
        cursor.execute(f"GRANT ALL ON {table} TO CURRENT_USER")  # answered by a warning
        cursor.execute("SELECT has_table_privilege(current_user, %s, 'UPDATE, DELETE, TRUNCATE')", [table])
        assert cursor.fetchone() == (False,)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "sql",
    [
        "SET session_replication_role = replica",
        "CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'",
        "DROP FUNCTION refuse_change() CASCADE",
        "SET ROLE portal_owner",
        "ALTER ROLE CURRENT_USER SUPERUSER",
    ],
)
def test_application_role_cannot_switch_the_guard_off(sql):
    with (
        pytest.raises(Error, match="permission denied|must be owner|must be superuser"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(sql)


@pytest.mark.django_db
def test_places_keys_and_checkpoints_cannot_be_changed_through_the_orm():
    from portal.domain.event_log import sequence_now
    from portal.models import Checkpoint, LogEntry, LogKey, LogNode

    record_event(by=None, verb="test", noun="thing", number="X-3")
    sequence_now()
    for change in (
        lambda: Checkpoint.objects.update(root_sha256="0" * 64),
        lambda: Checkpoint.objects.get().delete(),
        lambda: LogEntry.objects.update(leaf=b""),
        lambda: LogKey.objects.all().delete(),
        lambda: LogNode.objects.all().delete(),
        lambda: Event.objects.bulk_update([Event(pk=Event.objects.first().pk, actor="x")], ["actor"]),
    ):
        with pytest.raises(Error, match="permission denied"), transaction.atomic():
            change()
