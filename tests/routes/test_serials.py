import pytest

from routes.domain.serials import as_ranges


@pytest.mark.parametrize(
    ("serials", "shown"),
    [
        ([], []),
        (["0007"], ["0007"]),
        (["0001", "0002"], ["0001", "0002"]),
        (["0001", "0002", "0003", "0007"], ["0001–0003", "0007"]),
        (["0009", "0010", "0011"], ["0009–0011"]),
        (["9", "10", "11", "12"], ["9", "10–12"]),
        (["A1", "A2", "A3"], ["A1", "A2", "A3"]),
        (["0003", "0002", "0001"], ["0003", "0002", "0001"]),
        (["²", "³"], ["²", "³"]),
    ],
)
def test_runs_of_serials_are_joined(serials, shown):
    assert as_ranges(serials) == shown
