"""Reader and comparison together, judged on papers whose layouts nobody tuned them on.

The whole six hundred are judged by `python -m bench.intake`; here a sample of them.
"""

import pytest

from tests.certificates import judge_layouts_sixth
from tests.certificates.faults import FAULTS
from tests.certificates.judge import LEFT_OUT, SEEN_AT, Judgement, judge, keys_of, read
from tests.certificates.maker import JUDGE, TUNE, make_certificates
from tests.certificates.tune_layouts_composed import houses

SEED, SAMPLE = 600, 120
RECALL, FALSE_ALARMS = 0.98, 0.02
# what was reached at the first look at forms of somebody who does not know the reader: less than promised
STRANGERS_SAMPLE, STRANGERS_RECALL, STRANGERS_ALARMS = 210, 0.96, 0.1
STRANGERS = list(judge_layouts_sixth.LAYOUTS.values())
# of the layouts that judge, so many clean papers may ask a person anything
ASKING_JUDGED = 0.2
# of the layouts a reader was tuned on, so many clean papers may ask a person anything
ASKING_TUNED = 0.02
# of sixty houses, twenty of them held back, so many clean papers may be stopped
HELD_BACK = 0.04
HOUSES = houses(range(720, 780))
TUNED = [each for each in TUNE.values() if each.scan is None]


@pytest.fixture(scope="module")
def judged():
    written = [each for each in JUDGE.values() if each.scan is None and each not in STRANGERS]
    assert len(written) >= 11, "too few layouts to judge by"
    judgement = judge(make_certificates(SEED, SAMPLE, written))
    print("\n".join(judgement.lines()))
    return judgement


def test_every_kind_of_fault_says_where_it_must_be_seen():
    assert set(SEEN_AT) == set(FAULTS)


def test_only_what_is_left_out_is_seen_by_a_question():
    assert set(FAULTS) > LEFT_OUT


def test_a_truth_read_perfectly_raises_no_alarm_and_shows_every_fault():
    """The comparison alone, on what stands on the page: what falls short here is not the reader's."""
    written = [each for each in (*TUNE.values(), *JUDGE.values()) if each.scan is None]
    judgement = Judgement()
    for made in make_certificates(SEED, 8 * len(written), written):
        judgement.add(made, keys_of(made, made.truth))
    overall = judgement.overall
    assert (overall.recall, overall.alarmed, overall.questions) == (1, 0, 0), "\n".join(judgement.lines())


def test_the_layouts_that_judge_are_judged_as_promised(judged):
    """At the first look 288 of 294 faults were seen (0.980), and none of 306 clean papers was stopped.

    Three habits were learnt from it since (a page in dashes, what a sentence is about, an item supplied), so this holds
    what was reached, and the next set says whether it holds where nobody has looked.
    """
    assert judged.overall.recall >= RECALL, "\n".join(judged.lines())
    assert judged.overall.false_alarms <= FALSE_ALARMS, "\n".join(judged.lines())
    assert judged.overall.asking <= ASKING_JUDGED, "\n".join(judged.lines())


def test_the_layouts_of_a_stranger_are_judged_as_at_the_first_look():
    """Of six hundred papers in seven new layouts 287 of 299 faults were seen (0.960) and 24 of 301 clean ones stopped.

    The promise (0.98 and 0.02) is not kept there. All 24 are on one form that prints both types of a penetrant and
    draws a tick beside one of them, which the text of the page does not show; the other six stop no clean paper and
    show 247 of 256 faults (0.965).
    """
    judgement = judge(make_certificates(SEED, STRANGERS_SAMPLE, STRANGERS))
    assert judgement.overall.recall >= STRANGERS_RECALL, "\n".join(judgement.lines())
    assert judgement.overall.false_alarms <= STRANGERS_ALARMS, "\n".join(judgement.lines())


@pytest.fixture(scope="module")
def tuned():
    return judge(make_certificates(SEED, 8 * len(TUNED), TUNED))


def test_every_fault_is_seen_on_layouts_the_reader_was_tuned_on(tuned):
    assert tuned.overall.recall >= RECALL, "\n".join(tuned.lines())
    assert tuned.overall.false_alarms <= FALSE_ALARMS, "\n".join(tuned.lines())
    assert tuned.overall.asking <= ASKING_TUNED, "\n".join(tuned.lines())


def test_papers_of_houses_nobody_wrote_by_hand_are_read():
    """Layouts composed by chance, those of every third house held back while the reader was tuned."""
    judgement = judge(make_certificates(SEED, 2 * len(HOUSES), HOUSES))
    assert judgement.overall.recall >= RECALL, "\n".join(judgement.lines())
    assert judgement.overall.false_alarms <= HELD_BACK, "\n".join(judgement.lines())


def test_a_scan_is_read_or_asked_about_but_no_fault_on_it_passes():
    scanned = [each for each in (*TUNE.values(), *JUDGE.values()) if each.scan is not None]
    passed = [
        made.faults
        for made in make_certificates(SEED, 2 * len(scanned), scanned)
        if made.faults and not keys_of(made, read(made))
    ]
    assert passed == []
