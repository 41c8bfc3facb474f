import logging

from alembic import context
from flask import current_app

config = context.config
logger = logging.getLogger('alembic.env')


def run_migrations_offline():
    context.configure(
        url=str(current_app.config['SQLALCHEMY_DATABASE_URI']), literal_binds=True
    )
    with context.begin_transaction():
        context.run_migrations()


run_migrations_offline()
