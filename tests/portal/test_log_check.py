"""Whoever rules the database may change anything; given one checkpoint kept outside, nothing of it stays hidden."""

from __future__ import annotations

import json
import random
from dataclasses import dataclass, field

import pytest
from django.db import connections, transaction

from portal.domain.canonical import canonical_bytes
from portal.domain.event_log import latest_checkpoint, log_verifier_keys, sequence_now
from portal.domain.events import record_event
from portal.domain.log_check import Older, check_log
from portal.log.merkle import grow, leaf_hash, root_of
from portal.log.notes import SigningKey, TreeHead, VerifierKey, sign_note
from portal.models import Organization, Person

LOG_TABLES = ("portal_event", "portal_logentry", "portal_lognode", "portal_logkey", "portal_checkpoint")
EDITS = 1_000
ATTACKER = SigningKey("tests.example/log", bytes(range(100, 132)))


def build_log(person) -> list[Older]:
    """Write a log of some sixty entries and return two checkpoints as an outsider kept them."""
    kept = []
    for portion in (5, 11, 2, 17, 13, 8):
        for one in range(portion):
            data = {"pieces": one, "reason": "Scratched — again", "is_late": one % 2 == 1}
            by = person if one % 3 else None
            record_event(by=by, verb="count", noun="lot", number=f"T-{one}", lots=[f"T-{one}"], data=data)
        kept.append(Older(f"kept-{portion}", sequence_now().text))
    return [kept[2], kept[4]]


@dataclass
class Superuser:
    """Somebody with every right on the tables, who knows how the log is made and has no key of it."""

    chance: random.Random
    covered: int  # entries under the checkpoint kept outside
    touched: int = 0
    says: str = ""
    cursor: object = field(default=None, repr=False)

    def run(self, sql: str, *values):
        self.cursor.execute(sql, values)

    def row(self, sql: str, *values):
        self.run(sql, *values)
        return self.cursor.fetchone()

    def pick(self) -> int:
        self.touched = self.chance.randrange(self.covered)
        return self.row("SELECT event_id FROM portal_logentry WHERE index = %s", self.touched)[0]

    # what can be done to one event

    def change_column(self) -> None:
        column, value = self.chance.choice(
            [
                ("actor", "Somebody Else"),
                ("verb", "approve"),
                ("noun", "certificate"),
                ("number", "T-999"),
                ("lots", ["T-998"]),
                ("data", '{"pieces": 2.0, "reason": "", "is_late": 0}'),
                ("at", "2020-02-02T02:02:02Z"),
            ]
        )
        self.run(f"UPDATE portal_event SET {column} = %s WHERE id = %s", value, self.pick())

    def change_person(self) -> None:
        self.run(
            "UPDATE portal_event SET person_id = CASE WHEN person_id IS NULL THEN (SELECT min(id) FROM portal_person) "
            "END WHERE id = %s",
            self.pick(),
        )

    def change_bytes(self) -> None:
        self.run("UPDATE portal_event SET canonical = canonical || ' ' WHERE id = %s", self.pick())

    def change_hash(self) -> None:
        self.run("UPDATE portal_event SET leaf_sha256 = %s WHERE id = %s", "0" * 64, self.pick())

    def change_all_of_an_event(self) -> None:
        self._forge(self.pick())

    def change_event_and_place(self) -> None:
        leaf = self._forge(self.pick())
        self.run("UPDATE portal_logentry SET leaf = %s WHERE index = %s", leaf, self.touched)

    def change_event_and_tree(self) -> None:
        self.change_event_and_place()
        self._rebuild()

    def _forge(self, event_id: int) -> bytes:
        """Let an event say another thing, in columns, bytes and hash alike."""
        [canonical] = self.row("SELECT canonical FROM portal_event WHERE id = %s", event_id)
        told = json.loads(bytes(canonical)) | {"number": "T-777"}
        content = canonical_bytes(told)
        leaf = leaf_hash(content)
        self.run(
            "UPDATE portal_event SET number = 'T-777', canonical = %s, leaf_sha256 = %s WHERE id = %s",
            content,
            leaf.hex(),
            event_id,
        )
        return leaf

    # what can be done to their order and number

    def delete_event(self) -> None:
        self.run("DELETE FROM portal_event WHERE id = %s", self.pick())

    def delete_event_and_place(self) -> None:
        self.run("DELETE FROM portal_event WHERE id = %s", self.pick())
        self.run("DELETE FROM portal_logentry WHERE index = %s", self.touched)

    def delete_and_close_the_gap(self) -> None:
        self.delete_event_and_place()
        self._shift(-1, above=self.touched)
        self._rebuild()

    def insert_in_the_middle(self) -> None:
        event_id = self._copy(self.pick())
        self._shift(1, above=self.touched - 1)
        leaf = bytes.fromhex(self.row("SELECT leaf_sha256 FROM portal_event WHERE id = %s", event_id)[0])
        self.run(
            "INSERT INTO portal_logentry (index, event_id, leaf) VALUES (%s, %s, %s)",
            self.touched,
            event_id,
            leaf,
        )
        self._rebuild()

    def insert_without_a_place(self) -> None:
        self._forge(self._copy(self.pick()))

    def swap_two(self) -> None:
        one = self.pick()
        place, place_of_one = (
            (self.touched + 1 + self.chance.randrange(self.covered - 1)) % self.covered,
            self.touched,
        )
        other, leaf = self.row("SELECT event_id, leaf FROM portal_logentry WHERE index = %s", place)
        [leaf_of_one] = self.row("SELECT leaf FROM portal_logentry WHERE index = %s", place_of_one)
        self.run("DELETE FROM portal_logentry WHERE index IN (%s, %s)", place, place_of_one)
        for at, event, hash_ in [(place, one, leaf_of_one), (place_of_one, other, leaf)]:
            self.run(
                "INSERT INTO portal_logentry (index, event_id, leaf) VALUES (%s, %s, %s)", at, event, hash_
            )
        if self.chance.random() < 0.5:
            self._rebuild()

    def drop_a_node(self) -> None:
        self.run(
            "DELETE FROM portal_lognode WHERE level = 1 AND index = %s",
            self.chance.randrange(self.covered // 2),
        )

    # what can be done to the end of the log and to what was signed

    def cut_the_end(self) -> None:
        self.pick()
        self._cut(self.touched)
        self._rebuild()

    def cut_the_end_and_sign(self) -> None:
        self.cut_the_end()
        self._sign_falsely(ATTACKER)

    def rewrite_the_end(self) -> None:
        """Another end, hashed and shaped as it should be, under a signature nobody could make."""
        self.change_event_and_tree()
        self.run("DELETE FROM portal_checkpoint WHERE size > %s", self.touched)
        self._sign_falsely(ATTACKER)

    def rewrite_the_end_under_a_key_of_ones_own(self) -> None:
        """The same with every checkpoint signed anew and the key exchanged: only what is kept outside tells."""
        self.change_event_and_tree()
        self.run("DELETE FROM portal_checkpoint")
        self.run("UPDATE portal_logkey SET verifier_key = %s", ATTACKER.verifier.text)
        self._sign_falsely(ATTACKER)

    def leave_the_end_unsigned(self) -> None:
        self.change_event_and_tree()
        self.run("DELETE FROM portal_checkpoint WHERE size > %s", self.touched)

    def change_a_checkpoint(self) -> None:
        column, value = self.chance.choice(
            [("root_sha256", "0" * 64), ("text", "nothing"), ("size", 10_000), ("text", None)]
        )
        [size] = self.row("SELECT size FROM portal_checkpoint ORDER BY random() LIMIT 1")
        if value is None:
            self.run(
                f"UPDATE portal_checkpoint SET {column} = replace(text, 'A', 'B') || '' WHERE size = %s", size
            )
            self.run("UPDATE portal_checkpoint SET text = replace(text, '=', '') WHERE size = %s", size)
        else:
            self.run(f"UPDATE portal_checkpoint SET {column} = %s WHERE size = %s", value, size)

    def _copy(self, event_id: int) -> int:
        columns = "at, person_id, actor, verb, noun, number, lots, data, canonical, leaf_sha256, transaction"
        return self.row(
            f"INSERT INTO portal_event ({columns}) SELECT {columns} FROM portal_event WHERE id = %s RETURNING id",
            event_id,
        )[0]

    def _place(self, index: int, event_id: int, leaf: bytes) -> None:
        self.run(
            "INSERT INTO portal_logentry (index, event_id, leaf) VALUES (%s, %s, %s)", index, event_id, leaf
        )

    def _shift(self, by: int, *, above: int) -> None:
        self.run("UPDATE portal_logentry SET index = index + 1000000 WHERE index > %s", above)
        self.run("UPDATE portal_logentry SET index = index - 1000000 + %s WHERE index >= 1000000", by)

    def _cut(self, size: int) -> None:
        self.run(
            "CREATE TEMP TABLE gone ON COMMIT DROP AS SELECT event_id FROM portal_logentry WHERE index >= %s",
            size,
        )
        self.run("DELETE FROM portal_logentry WHERE index >= %s", size)
        self.run("DELETE FROM portal_event WHERE id IN (SELECT event_id FROM gone)")
        self.run("DELETE FROM portal_checkpoint WHERE size > %s", size)
        self.run("DROP TABLE gone")

    def _leaves(self) -> list[bytes]:
        self.run("SELECT leaf FROM portal_logentry ORDER BY index")
        return [bytes(leaf) for (leaf,) in self.cursor.fetchall()]

    def _rebuild(self) -> None:
        """Shape the tree as the changed entries want it."""
        nodes = grow(0, [], self._leaves())[1]
        self.run("DELETE FROM portal_lognode")
        levels, indexes, hashes = [], [], []
        for (level, index), hash_ in nodes.items():
            levels.append(level), indexes.append(index), hashes.append(hash_.hex())
        self.run(
            "INSERT INTO portal_lognode (level, index, hash) "
            "SELECT l, i, decode(h, 'hex') FROM unnest(%s::int[], %s::bigint[], %s::text[]) AS n (l, i, h)",
            levels,
            indexes,
            hashes,
        )

    def _sign_falsely(self, key: SigningKey) -> None:
        leaves = self._leaves()
        root = root_of(leaves)
        text = sign_note(TreeHead(key.name, len(leaves), root).body, [key])
        self.run("DELETE FROM portal_checkpoint WHERE size = %s", len(leaves))
        self.run(
            "INSERT INTO portal_checkpoint (size, root_sha256, text, horizon) VALUES (%s, %s, %s, 9000000000)",
            len(leaves),
            root.hex(),
            text,
        )


# those after which the one changed entry can still be told from the others
TELL_THE_ENTRY = (
    "change_column",
    "change_person",
    "change_bytes",
    "change_hash",
    "change_all_of_an_event",
    "change_event_and_place",
    "delete_event",
    "delete_event_and_place",
)
KINDS = [
    name for name in vars(Superuser) if name.startswith(("change_", "delete_", "insert_", "swap_", "drop_"))
] + [name for name in vars(Superuser) if name.startswith(("cut_", "rewrite_", "leave_"))]


@pytest.mark.serial
def test_every_one_of_a_thousand_edits_of_a_superuser_is_found(committed_db):
    shop = Organization.objects.create(number="ORG-LOG", name="Log shop", kind=Organization.SHOP)
    person = Person.objects.create(email="maud@log.example", printed_name="Maud", organization=shop)
    older = build_log(person)
    covered = int(older[-1].text.split("\n")[1])
    whole = check_log(older=older, keys=[VerifierKey.read(text) for text in log_verifier_keys()])
    assert (whole.faults, whole.entries, whole.checkpoints, whole.compared) == ([], 57, 6, 2)
    assert (whole.root, whole.waiting) == (latest_checkpoint().root, 0)

    overlooked, misnamed = [], []
    with transaction.atomic(using="owner"), connections["owner"].cursor() as cursor:
        for table in LOG_TABLES:
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        for seed in range(EDITS):
            kind = KINDS[seed % len(KINDS)]
            superuser = Superuser(random.Random(seed), covered, cursor=cursor)
            undo = transaction.savepoint(using="owner")
            getattr(superuser, kind)()
            found = check_log(older=older, using="owner")
            transaction.savepoint_rollback(undo, using="owner")
            if found.is_whole:
                overlooked.append((seed, kind))
            elif kind in TELL_THE_ENTRY and not found.first.index <= superuser.touched <= found.first.last:
                misnamed.append((seed, kind, superuser.touched, found.first))
        transaction.set_rollback(True, using="owner")
    connections["owner"].close()
    assert (overlooked, misnamed) == ([], [])
    assert check_log(older=older).is_whole
