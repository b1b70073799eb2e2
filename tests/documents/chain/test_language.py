"""What is kept of a judgement is in the language of the records, whoever's page asked for it."""

from django.utils import translation

from documents.domain.chain import judge
from documents.domain.chain.check_process import process_demand
from documents.domain.comparison import compare_process
from tests.factories.lot_facts import good_lot, with_certificate


def sentence_of_order(slots):
    (slot,) = [slot for slot in slots if slot.code == "PROCESS"]
    return slot.sentence


def test_a_chain_is_judged_in_the_language_of_the_records():
    wrong = with_certificate(good_lot(), po_number="PO-000099")
    with translation.override("de"):
        told = sentence_of_order(judge(wrong))
        assert translation.get_language() == "de"
    assert told == (
        "Certificate BW-20931 (C-000020) names order PO-000099; lot T-000412 has PO-000041. "
        "Ask for a corrected certificate."
    )


def test_the_same_comparison_speaks_to_a_reader_in_the_reader_s_language():

    wrong = with_certificate(good_lot(), po_number="PO-000099")
    step = next(each for each in wrong.steps if wrong.outside_lines_of(each))
    demand = process_demand(wrong, step, wrong.outside_lines_of(step)[0], quantity=1)
    with translation.override("de"):
        (order,) = [
            key for key in compare_process(wrong.certificates_of(step)[0], demand) if key.key == "order"
        ]
    assert order.sentence and "names order" not in order.sentence
