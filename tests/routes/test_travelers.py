from tests.factories import routes as made


def test_smoke(cast):
    lot = made.make_open_traveler(cast, up_to=30)
    assert made.step_at(lot, 20).state == "signed"
