"""Take a database to the newest schema, or to any step of it."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine


def upgrade(engine: Engine, revision: str = "head") -> None:
    """Bring the schema up to `revision`."""
    command.upgrade(_config(engine), revision)


def downgrade(engine: Engine, revision: str) -> None:
    """Bring the schema back to `revision`; "base" empties it."""
    command.downgrade(_config(engine), revision)


def is_newest(engine: Engine) -> bool:
    """Whether nothing is left to upgrade."""
    with engine.connect() as connection:
        now = MigrationContext.configure(connection).get_current_revision()
    return now == ScriptDirectory.from_config(_config(engine)).get_current_head()


def is_known(revision: str) -> bool:
    """Whether this version knows such a step; it does not know those of newer ones."""
    folder = ScriptDirectory(str(Path(__file__).parent))
    return any(step.revision == revision for step in folder.walk_revisions())


def _config(engine: Engine) -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent))
    config.attributes["engine"] = engine
    return config
