"""A lot whose chain has a link of nearly every kind, made by walking the real moves."""

from __future__ import annotations

from routes.models import LineClause, Traveler
from tests.cast import Cast
from tests.factories.certificates import make_ready_lot
from tests.factories.clauses import carry, show
from tests.factories.inspection import make_first_article
from tests.factories.routes import make_order_line, make_part_revision, make_released_route

PIECES = 3


def make_whole_lot(cast: Cast) -> tuple[Traveler, dict[str, LineClause]]:
    """Return a serialised lot with outside work, a first article, clauses of two kinds, and everything closed."""
    part_revision = make_part_revision(cast, is_serialized=True)
    route = make_released_route(cast, part_revision=part_revision)
    line = make_order_line(cast, part_revision, quantity=PIECES, fai_regime="with_first")
    clauses = {kind: carry(cast, line, kind) for kind in ("evidence", "source")}
    lot = make_ready_lot(cast, route_revision=route, order_line=line, quantity=PIECES)
    make_first_article(cast, lot=lot, at="approved")
    for carried in clauses.values():
        show(cast, carried, lot)
    lot.refresh_from_db()
    return lot, clauses
