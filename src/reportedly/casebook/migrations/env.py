"""Alembic's way in: the connection comes from the casebook, nothing is configured by file."""

from alembic import context

from reportedly.casebook.tables import metadata

context.configure(connection=context.config.attributes["connection"], target_metadata=metadata, render_as_batch=True)
with context.begin_transaction():
    context.run_migrations()
