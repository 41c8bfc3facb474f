"""Add new user fields

Revision ID: 1a2b3c4d5e6f
Revises: 04f23c4db7a1
Create Date: 2026-01-09 12:30:00

"""
from typing import Sequence, Union

from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision: str = '1a2b3c4d5e6f'
down_revision: Union[str, Sequence[str], None] = '04f23c4db7a1'
branch_labels: Union[str, Sequence[str], None] = None
depends_on: Union[str, Sequence[str], None] = None


def upgrade() -> None:
    op.add_column('users', sa.Column('date_of_birth', sa.Date(), nullable=True))
    with op.get_context().autocommit_block():
        op.execute("ALTER TYPE bookingstatus ADD VALUE 'EXPIRED'")


def downgrade() -> None:
    op.drop_column('users', 'date_of_birth')
