"""One person is erased from a practice, a tenth as large as by hand (`python -m tests.trials.erasing`)."""

from tests.trials import erasing


def test_a_search_of_every_table_log_file_queue_and_the_carrier_finds_the_proof_alone(database, cast, tmp_path):
    before, after = erasing.run(database, tmp_path, 40)
    assert erasing.is_good(before, after), (before, after)
