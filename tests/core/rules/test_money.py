"""Prices, forecasts and when to try again: figures with a date, a source and a sum that comes out."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from coach_portal.core.rules import rates, retrying
from coach_portal.core.rules.forecast import Asked, Forecast, forecast, together

NOW = datetime(2026, 11, 18, 12, 0, tzinfo=UTC)


def test_a_segment_in_the_us_costs_twilios_price_and_the_carriers_fee():
    assert rates.estimate("US", 2, sender_class="toll_free") == 2 * (8_300 + 4_000)
    assert rates.estimate("US", 1, direction="in") == 8_300


def test_a_country_nobody_looked_up_is_taken_for_the_dearest():
    assert rates.estimate("ZZ", 1) == rates.DEAREST.sent
    assert all(rates.DEAREST.sent >= rate.sent + rate.fee for rate in rates.RATES.values())


def test_prices_nobody_looked_at_for_half_a_year_are_stale():
    assert not rates.stale(rates.CHECKED_ON)
    assert rates.stale(rates.CHECKED_ON + rates.STALE_AFTER + timedelta(days=1))


def test_sums_are_written_as_people_write_them():
    assert [rates.in_cents(micros) for micros in (0, 897_900, -2_000_000, 1_234_500_000)] == [
        "$0.00", "$0.90", "-$2.00", "$1,234.50",
    ]  # fmt: skip
    assert [rates.in_words(micros) for micros in (0, 8_300, 897_900)] == ["$0.00", "$0.008", "$0.90"]


def test_a_programme_says_what_it_will_send_and_cost():
    told = forecast([Asked(7, 1), Asked(1, 2)], "US", "local_10dlc_low")
    assert told == Forecast(sent=60, received=21, micros=60 * 12_300 + 21 * 8_300)
    assert told.words == "about 60 segments a month, about $0.91"


def test_nothing_planned_costs_nothing():
    assert forecast([], "US", "toll_free").words == "nothing is sent"


@given(st.lists(st.builds(Asked, st.floats(0, 14), st.integers(1, 6)), max_size=6))
def test_who_is_asked_more_never_costs_less(asked):
    less, more = (forecast(each, "US", "toll_free") for each in (asked[:-1], asked))
    assert more.micros >= less.micros
    assert together([less, more]).micros == less.micros + more.micros


@given(st.floats(0, 1))
def test_a_text_that_failed_for_now_is_tried_twice_more_within_the_half_hour(dice):
    tries = [retrying.next_try(retries, NOW, dice) for retries in range(retrying.MOST_RETRIES + 1)]
    assert tries[-1] is None
    assert all(NOW < each <= NOW + timedelta(minutes=18) for each in tries[:-1])


def test_those_that_failed_together_do_not_come_back_together():
    assert retrying.next_try(0, NOW, 0.1) != retrying.next_try(0, NOW, 0.9)


def test_calls_are_in_the_forecast_and_in_its_words():
    told = forecast([Asked(7, 1), Asked(0, 0, calls_a_week=7)], "US", "local_10dlc_low")
    assert told.calls == 30
    assert told.micros == forecast([Asked(7, 1)], "US", "local_10dlc_low").micros + 30 * rates.call("US", None)
    assert told.words == "about 48 segments and 30 calls a month, about $1.38"
