"""The schema goes up, down and up again on both databases, and says the same as the models."""

from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import inspect

from coach_portal.core.models import Base
from coach_portal.migrations import steps
from tests.rows import count

VERSIONS = sorted(Path(steps.__file__).parent.glob("versions/[0-9]*.py"))


def names(database):
    """The tables there are."""
    return set(inspect(database.engine).get_table_names()) - {"alembic_version"}


def test_every_table_of_the_models_is_there(database):
    assert names(database) == set(Base.metadata.tables)


def test_it_goes_all_the_way_down_and_up_again(database):
    steps.downgrade(database.engine, "base")
    assert names(database) == set()
    assert not steps.is_newest(database.engine)
    steps.upgrade(database.engine)
    assert names(database) == set(Base.metadata.tables)
    assert steps.is_newest(database.engine)


def test_each_step_can_be_taken_back_with_people_in_it(database, cast):
    for version in reversed(VERSIONS[:-1]):
        steps.downgrade(database.engine, version.stem)
    steps.upgrade(database.engine)
    assert count(database, Base.metadata.tables["client"]) == 1


def test_up_to_date_again_changes_nothing(database, cast):
    steps.upgrade(database.engine)
    assert count(database, Base.metadata.tables["client"]) == 1


@pytest.mark.filterwarnings("ignore:.*expression-based index")
def test_models_and_migrations_agree(database):
    with database.engine.connect() as connection:
        compared = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(compared, Base.metadata) == []


def test_files_are_numbered_without_a_gap_and_named_after_their_revision():
    assert [int(path.name[:4]) for path in VERSIONS] == list(range(1, len(VERSIONS) + 1))
    for path in VERSIONS:
        assert f'revision = "{path.stem}"' in path.read_text()
