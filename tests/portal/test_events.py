from portal.domain.events import record_event
from tests.cast import make_person


def test_a_person_with_the_longest_name_and_title_can_act(cast):
    person = make_person(
        printed_name="Ø" * 120, title="Ä" * 120, organization=cast.shop, role=cast.operator.role
    )
    event = record_event(by=person, verb="open", noun="lot", number="T-000001")
    event.refresh_from_db()
    assert event.actor == f"{'Ø' * 120}, {'Ä' * 120}"
