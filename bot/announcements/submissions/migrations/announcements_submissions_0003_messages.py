"""which messages of the group were handed in"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "announcements_submissions_0003"
down_revision = "announcements_submissions_0002"
branch_labels = None
depends_on = None

_ITEMS = "announcements_submissions_items"


def upgrade() -> None:
    with op.batch_alter_table(_ITEMS) as table:
        table.add_column(sa.Column("messages", sa.String(length=400), nullable=False, server_default=""))


def downgrade() -> None:
    with op.batch_alter_table(_ITEMS) as table:
        table.drop_column("messages")
