"""The database itself guards the evidence, by role and by trigger."""

import pytest
from django.apps import apps
from django.db import Error, connection, connections, transaction

from portal.domain.events import record_event
from portal.models import Event

EVIDENCE = {
    "portal": ["Event", "DisposedFile", "StoredFile", "Signature", "Reversal"],
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
    from portal.domain.canonical import sha256_of

    event = record_event(by=None, verb="test", noun="thing", number="X-2", data={"n": 1})
    event.refresh_from_db()
    assert event.leaf_sha256 == sha256_of(bytes(event.canonical))
    assert b'"number":"X-2"' in bytes(event.canonical)
