"""which files of an album were taken with what it came with"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "tg_0004"
down_revision = "tg_0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("tg_albums") as table:
        table.add_column(sa.Column("whole", sa.Boolean(), nullable=False, server_default=sa.false()))


def downgrade() -> None:
    with op.batch_alter_table("tg_albums") as table:
        table.drop_column("whole")
