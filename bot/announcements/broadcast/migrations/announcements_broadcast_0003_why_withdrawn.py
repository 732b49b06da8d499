"""why all copies were taken back"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "announcements_broadcast_0003"
down_revision = "announcements_broadcast_0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("announcements_broadcast_sendings", schema=None) as batch_op:
        batch_op.add_column(sa.Column("why", sa.Text(), nullable=False, server_default=""))
    with op.batch_alter_table("announcements_broadcast_sendings", schema=None) as batch_op:
        batch_op.alter_column("why", server_default=None)


def downgrade() -> None:
    with op.batch_alter_table("announcements_broadcast_sendings", schema=None) as batch_op:
        batch_op.drop_column("why")
