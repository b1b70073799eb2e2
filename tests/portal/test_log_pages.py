"""The log as people and machines see it: a checkpoint for anybody, a proof for the shop, commands for an auditor."""

from __future__ import annotations

import io
import json
import stat

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse

from portal.checks import log_key_can_be_read
from portal.domain import event_log, log_feed
from portal.domain.event_log import latest_checkpoint, log_verifier_keys, sequence_now
from portal.domain.events import record_event
from portal.domain.log_check import Older, check_log
from portal.log.notes import SigningKey, TreeHead, VerifierKey, sign_note
from portal.log.proofs import check_proof
from portal.models import Checkpoint, Event, LogEntry, LogKey, Person
from portal.servers import places
from tests.machine import Machine

pytestmark = pytest.mark.django_db
TEST_KEY = "PRIVATE+KEY+tests.example/log+f4cbd29d+AQABAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhscHR4f"


@pytest.fixture
def event(cast) -> Event:
    return record_event(by=cast.quality, verb="hold", noun="lot", number="T-000001", lots=["T-000001"])


def keys() -> list[VerifierKey]:
    return [VerifierKey.read(text) for text in log_verifier_keys()]


def verify(*arguments) -> tuple[int, str]:
    """Return the exit code and the words of verify_log."""
    told, code = io.StringIO(), 0
    try:
        call_command("verify_log", *arguments, stdout=told)
    except SystemExit as ended:
        code = ended.code
    except CommandError as error:
        return error.returncode, str(error)
    return code, told.getvalue()


# anybody


def test_checkpoint_keys_and_consistency_need_no_account(client, event):
    assert client.get("/log/checkpoint/").status_code == 404
    first = sequence_now()
    record_event(by=None, verb="prove", noun="proof", number="P-1")
    last = sequence_now()
    answer = client.get("/log/checkpoint/")
    assert (answer.content.decode(), answer["Content-Type"], answer["Cache-Control"]) == (
        last.text,
        "text/plain; charset=utf-8",
        "no-store",
    )
    assert client.get("/log/keys/").content.decode().split() == log_verifier_keys()
    hashes = client.get(f"/log/consistency/{first.size}/{last.size}/")
    assert len(hashes.content.decode().split()) == 1
    missing = client.get(f"/log/consistency/{last.size}/{first.size}/")
    assert (missing.status_code, "there is no proof from" in missing.content.decode()) == (404, True)


# people


def test_page_of_the_log_says_how_it_stands_and_how_to_check_it(cast, sign_in, event):
    assert "No checkpoint yet" in sign_in(cast.buyer).get("/log/").content.decode()
    checkpoint = sequence_now()
    record_event(by=None, verb="prove", noun="proof", number="P-1")
    shop, outside = (
        sign_in(who).get("/log/").content.decode() for who in (cast.quality, cast.customer_quality)
    )
    for page in (shop, outside):
        assert checkpoint.root_sha256 in page and log_verifier_keys()[0] in page
    waiting = "1 event waits for a place. That takes seconds"
    assert (waiting in shop, waiting in outside) == (True, False)


def test_proof_of_an_event_is_saved_from_its_page_and_checks_without_the_portal(cast, sign_in, event):
    address = reverse("portal:log-entry", args=[event.leaf_sha256])
    quality = sign_in(cast.quality)
    assert "No place in the log yet" in quality.get(address).content.decode()
    early = quality.get(f"{address}proof/")
    assert (early.status_code, "has no place in the log yet" in early.content.decode()) == (409, True)
    sequence_now()
    index = LogEntry.objects.get(event=event).index
    assert f"Entry {index} of the log" in quality.get(address).content.decode()
    proof, content = quality.get(f"{address}proof/"), quality.get(f"{address}bytes/")
    assert proof["Content-Disposition"] == f'attachment; filename="event-{event.leaf_sha256[:12]}.tlog-proof"'
    head = check_proof(proof.content.decode(), content=content.content, keys=keys())
    assert head.size == latest_checkpoint().size


def test_history_of_a_record_leads_the_shop_and_nobody_else_to_the_log(cast, rf, event):
    from django.template.loader import render_to_string

    def shown_to(person):
        request = rf.get("/lots/")
        request.user = person
        return render_to_string("components/events.html", {"events": [event]}, request=request)

    address = reverse("portal:log-entry", args=[event.leaf_sha256])
    assert (address in shown_to(cast.operator), address in shown_to(cast.buyer)) == (True, False)


# machines


def test_machine_reads_checkpoint_and_proof(cast, event):
    caller = Machine(cast.quality)
    address = f"log/entries/{event.leaf_sha256}/proof/"
    assert caller.get("log/checkpoint/").status_code == 404
    early = caller.get(address)
    assert (early.status_code, early.json()["code"]) == (409, "not-yet-in-the-log")
    checkpoint = sequence_now()
    told = caller.get("log/checkpoint/").json()
    assert (told["size"], told["text"], told["keys"]) == (
        checkpoint.size,
        checkpoint.text,
        log_verifier_keys(),
    )
    proof = caller.get(address).json()
    assert check_proof(proof["proof"], content=proof["content"].encode(), keys=keys()).size == checkpoint.size
    assert Machine(cast.buyer).get(address).status_code == 404


# auditors


def test_verify_log_holds_and_goes_on_from_a_kept_checkpoint(event, tmp_path):
    kept = tmp_path / "kept.txt"
    kept.write_text(sequence_now().text, encoding="utf-8")
    record_event(by=None, verb="prove", noun="proof", number="P-1")
    sequence_now()
    record_event(by=None, verb="prove", noun="proof", number="P-2")
    entries = LogEntry.objects.count()
    code, told = verify("--checkpoint", str(kept), "--key", log_verifier_keys()[0])
    assert (code, told.splitlines()) == (
        0,
        [
            f"The log holds: {entries} entries under 2 signed checkpoints, root {latest_checkpoint().root_sha256}.",
            "1 events of the last seconds have no place yet.",
            "It goes on from every one of the 1 checkpoints given.",
        ],
    )
    assert "No checkpoint kept outside was given" in verify()[1]
    facts = json.loads(verify("--json")[1])
    assert (facts["is_whole"], facts["entries"], facts["waiting"], facts["faults"]) == (True, entries, 1, [])


def test_verify_log_names_what_a_foreign_checkpoint_and_key_tell(event, tmp_path):
    sequence_now()
    stranger = SigningKey("tests.example/log", bytes(32))
    kept = tmp_path / "foreign.txt"
    kept.write_text(sign_note(TreeHead("tests.example/log", 1, bytes(32)).body, [stranger]), encoding="utf-8")
    code, told = verify("--checkpoint", str(kept))
    assert code == 1
    assert told.splitlines()[:2] == [
        "The log does not hold.",
        "First: The checkpoint in foreign.txt does not hold: Nobody whose key is known signed this text.",
    ]
    code, told = verify("--key", stranger.verifier.text)
    assert (code, "names a key of the log that is not among the keys you gave" in told) == (1, True)
    facts = json.loads(verify("--json", "--key", stranger.verifier.text)[1])
    assert facts["is_whole"] is False and "Nobody whose key is known signed" in facts["first"]["sentence"]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--checkpoint", "nowhere.txt"], "nowhere.txt cannot be read"),
        (["--key", "x"], "This is not a verifier key"),
    ],
)
def test_verify_log_refuses_what_it_cannot_read(event, arguments, words):
    code, told = verify(*arguments)
    assert (code, words in told) == (2, True)


def test_checkpoint_of_another_log_is_said_to_be_one(event):
    sequence_now()
    key = SigningKey("other.example/log", bytes(32))
    kept = Older("other", sign_note(TreeHead("other.example/log", 1, bytes(32)).body, [key]))
    found = check_log(older=[kept], keys=[*keys(), key.verifier])
    assert "is of the log other.example/log; this is tests.example/log" in found.first.sentence


def test_change_of_key_must_be_signed_by_both(settings, event):
    sequence_now()
    settings.PORTAL_LOG_OLD_KEY = settings.PORTAL_LOG_KEY
    settings.PORTAL_LOG_KEY = SigningKey("tests.example/log", bytes(range(32, 64))).text
    changed = sequence_now()
    assert check_log().faults == []
    Checkpoint.objects.create(
        size=changed.size + 1, root_sha256=changed.root_sha256, text=changed.text, horizon=0
    )
    assert f"The checkpoint of {changed.size + 1} entries was signed for {changed.size} entries" in str(
        check_log()
    )


def test_change_of_key_that_only_the_new_key_signed_is_found(event, monkeypatch):
    sequence_now()
    # the sequencer would not sign: somebody changed the program too
    monkeypatch.setattr(event_log, "_require_ours", lambda *_: None)
    stranger = SigningKey("tests.example/log", bytes(range(32, 64)))
    monkeypatch.setattr(event_log, "signers", lambda **_: [stranger])
    LogKey.objects.create(
        name=stranger.name, verifier_key=stranger.verifier.text, from_size=latest_checkpoint().size
    )
    record_event(by=None, verb="prove", noun="proof", number="P-1")
    size = sequence_now().size
    [fault] = check_log().faults
    assert (
        fault.sentence == f"The checkpoint of {size} entries lacks the signature of {log_verifier_keys()[0]}."
    )


def test_person_with_a_new_address_spoils_no_entry_of_old(cast, event):
    sequence_now()
    person = Person.objects.get(pk=cast.quality.pk)
    person.email = "maud.renamed@halden.example"
    person.save()
    assert check_log().faults == []


def test_empty_database_has_nothing_to_find_fault_with():
    found = check_log()
    assert (found.faults, found.entries, found.checkpoints) == ([], 0, 0)


# keys


def test_made_key_is_in_a_file_of_its_owner_and_never_overwritten(tmp_path, settings):
    path, told = tmp_path / "log.key", io.StringIO()
    call_command("make_log_key", str(path), "--name", "shop.example/log", stdout=told)
    key = SigningKey.read(path.read_text())
    assert (stat.S_IMODE(path.stat().st_mode), key.name) == (0o600, "shop.example/log")
    assert key.verifier.text in told.getvalue() and key.text not in told.getvalue()
    for arguments, words in [
        ([str(path)], "is there already"),
        ([str(tmp_path / "no" / "log.key")], "cannot be written"),
        ([str(tmp_path / "other.key"), "--name", "two words"], "no blanks"),
    ]:
        with pytest.raises(CommandError, match=words):
            call_command("make_log_key", *arguments)


def test_checkout_makes_its_own_key_once(tmp_path):
    state = tmp_path / "state"
    made = places.own_log_key(state)
    assert (places.own_log_key(state), stat.S_IMODE((state / "log.key").stat().st_mode)) == (made, 0o600)
    assert SigningKey.read(made).name.endswith(".localhost/log")


def test_key_that_is_none_stops_the_start(settings):
    assert log_key_can_be_read(None) == []
    settings.PORTAL_LOG_KEY = "elsewhere"
    assert log_key_can_be_read(None) == []
    settings.PORTAL_LOG_KEY = settings.PORTAL_LOG_OLD_KEY = "nonsense"
    assert [(one.id, one.msg[:20]) for one in log_key_can_be_read(None)] == [
        ("portal.E002", "PORTAL_LOG_KEY: This"),
        ("portal.E002", "PORTAL_LOG_OLD_KEY: "),
    ]


def test_feed_gives_places_and_only_complains_of_a_key(settings, event, caplog):
    settings.PORTAL_LOG_KEY = "elsewhere"
    log_feed.follow([event])
    assert (latest_checkpoint(), "holds no key of the event log" in caplog.text) == (None, True)
    settings.PORTAL_LOG_KEY = TEST_KEY
    log_feed.start_over()
    assert LogEntry.objects.filter(event=event).exists()
