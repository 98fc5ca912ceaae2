"""What the carrier's codes mean for us."""

import pytest

from coach_portal.core.rules.carrier_codes import (
    CARRIER_CODES,
    DEAD_NUMBER,
    OPTED_OUT,
    STOP_SENDER,
    TEMPORARY,
    Remedy,
    classify,
)


def test_an_opt_out_is_told_by_one_code() -> None:
    assert frozenset({"21610"}) == OPTED_OUT


def test_invalid_unknown_and_landline_numbers_are_dead() -> None:
    assert {"21211", "21614", "30005", "30006"} <= DEAD_NUMBER


def test_filtering_and_missing_registration_stop_the_sender() -> None:
    assert {"30007", "30034"} <= STOP_SENDER


@pytest.mark.parametrize("code", ["20429", "21611", "30001", "30003", "30008", "30022"])
def test_what_passes_by_itself_is_temporary(code: str) -> None:
    assert code in TEMPORARY


def test_a_code_nobody_wrote_down_is_permanent() -> None:
    assert classify("99999").remedy is not Remedy.WAIT


def test_each_code_stands_in_the_table_once_and_says_what_it_means() -> None:
    assert all(code == line.code and line.meaning for code, line in CARRIER_CODES.items())
