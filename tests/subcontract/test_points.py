"""Pieces do not leave for an outside operation while a point of the customer stands before it."""

import pytest

from routes.domain.clause_evidence import PointNotReleased
from subcontract.domain import outside_orders
from tests.factories.clauses import carry, let_go
from tests.factories.inspection import make_lot
from tests.factories.routes import today
from tests.factories.subcontract import make_outside_order


def test_pieces_leave_once_the_point_before_the_process_is_let_go(cast):
    lot = make_lot(cast, at=40)
    carried = carry(cast, lot.order_line, "hold", point_at=40)
    order = make_outside_order(cast, lot=lot, at="issued")
    with pytest.raises(PointNotReleased, match=f"Operation 40 Anodize of lot {lot.number} waits for Orrin"):
        outside_orders.ship(by=cast.operator, order=order, shipped_on=today())
    order.refresh_from_db()
    assert order.state == "issued"
    let_go(cast, carried, lot)
    assert outside_orders.ship(by=cast.operator, order=order, shipped_on=today()).state == "shipped"
