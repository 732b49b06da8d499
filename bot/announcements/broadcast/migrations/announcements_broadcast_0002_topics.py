"""topics"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "announcements_broadcast_0002"
down_revision = "announcements_broadcast_0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "announcements_broadcast_topics",
        sa.Column("group_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("thread_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("name", sa.String(length=128), nullable=False),
        sa.PrimaryKeyConstraint("group_id", "thread_id", name=op.f("pk_announcements_broadcast_topics")),
    )


def downgrade() -> None:
    op.drop_table("announcements_broadcast_topics")
