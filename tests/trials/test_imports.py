"""The move-in of a practice, a tenth as large as by hand (`python -m tests.trials.imports`)."""

from tests.trials import imports


def test_every_bad_row_is_named_and_every_good_one_comes_in_once_though_the_button_is_pressed_twice(database, cast):
    assert imports.run(database, 500, 40)
