from datetime import UTC, date, datetime

import pytest

from marketplace import clock


def test_the_day_is_that_of_vietnam() -> None:
    with clock.at(datetime(2026, 11, 23, 17, 0, tzinfo=UTC)):
        assert clock.today() == date(2026, 11, 24)


def test_a_day_sets_the_clock_to_its_noon() -> None:
    with clock.at(date(2026, 2, 28)):
        assert clock.today() == date(2026, 2, 28)
        assert clock.now().hour == 12


def test_it_goes_back_when_the_block_ends_in_an_error() -> None:
    with pytest.raises(RuntimeError), clock.at(date(2020, 1, 1)):
        raise RuntimeError
    assert clock.today() > date(2020, 1, 1)


def test_it_refuses_a_moment_without_a_time_zone() -> None:
    with pytest.raises(ValueError, match="aware"), clock.at(datetime(2026, 1, 1)):
        pass
