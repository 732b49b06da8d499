"""came with"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "events_0003"
down_revision = "events_0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("events_signups", schema=None) as batch_op:
        batch_op.add_column(sa.Column("came_with", sa.Integer(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("events_signups", schema=None) as batch_op:
        batch_op.drop_column("came_with")
