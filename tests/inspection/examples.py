"""Example records of this room's addresses; see `tests/architecture/examples.py`."""

from inspection.domain import results
from portal.domain.files import take_in
from routes.domain.lots import current_step, serials_of
from tests.factories.inspection import (
    concede,
    make_final_inspection,
    make_first_article,
    make_lot,
    make_nonconformance,
)
from tests.factories.measuring import measure
from tests.factories.result_files import make_qif
from tests.factories.routes import make_gauge, today
from tests.routes.examples import PDF


def step(cast):
    return {"number": current_step(make_lot(cast)).number}


def record(cast):
    return {"number": make_final_inspection(cast).number}


def value(cast):
    found = make_final_inspection(cast)
    measure(cast, found, "1", "1", gauge=make_gauge(cast))
    return {"number": found.number, "balloon": "1", "serial": "1"}


def record_with_file(cast):
    found = make_final_inspection(cast, quantity=2, is_serialized=True)
    values = [("81", "10.02", "PASS"), ("82", "80.03", "PASS")]
    samples = dict.fromkeys(serials_of(found.traveler), values)
    results.import_results(
        by=cast.inspector,
        record=found,
        content=make_qif(samples, items={"81": "BORE", "82": "LENGTH"}),
        name="final.qif",
        measured_on=today(),
    )
    return {"number": found.number}


def nonconformance(cast):
    return {"number": make_nonconformance(cast).number}


def concession(cast):
    letter = take_in(content=PDF, name="letter.pdf", by=cast.quality)
    return {"number": concede(cast, make_nonconformance(cast), evidence=letter).number}


def lot(cast):
    return {"number": make_lot(cast).number}


def first_article(cast):
    return {"number": make_first_article(cast).number}


def first_article_row(cast):
    return {"number": make_first_article(cast).number, "balloon": "1"}


EXAMPLES = {
    "inspection:record-open": step,
    "inspection:record-detail": record,
    "inspection:record-complete": record,
    "inspection:record-void": record,
    "inspection:value-enter": record,
    "inspection:value-void": value,
    "inspection:results-preview": record,
    "inspection:results-import": record,
    "inspection:results-file": record_with_file,
    "inspection:nonconformance-open": lot,
    "inspection:nonconformance-detail": nonconformance,
    "inspection:nonconformance-disposition": nonconformance,
    "inspection:nonconformance-concede": nonconformance,
    "inspection:nonconformance-close": nonconformance,
    "inspection:concession-letter": concession,
    "inspection:first-article-open": lot,
    "inspection:first-article-detail": first_article,
    "inspection:first-article-line": first_article_row,
    "inspection:first-article-submit": first_article,
    "inspection:first-article-approve": first_article,
    "inspection:first-article-return": first_article,
}
