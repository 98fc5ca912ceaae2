"""What Alembic runs: the address from the caller, the tables from `core.models`."""

from alembic import context

from coach_portal.core.db import begin, make_engine
from coach_portal.core.models import Base

engine = context.config.attributes.get("engine") or make_engine(context.config.get_main_option("sqlalchemy.url") or "")
with engine.connect() as connection:
    begin(connection)
    context.configure(
        connection=connection,
        target_metadata=Base.metadata,
        render_as_batch=connection.dialect.name == "sqlite",
        compare_type=False,
    )
    with context.begin_transaction():
        context.run_migrations()
    connection.commit()
