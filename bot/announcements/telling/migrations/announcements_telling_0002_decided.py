"""what is decided when a posting begins"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "announcements_telling_0002"
down_revision = "announcements_telling_0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "announcements_telling_decided",
        sa.Column("post_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("wish", sa.String(length=40), nullable=False),
        sa.PrimaryKeyConstraint("post_id", name=op.f("pk_announcements_telling_decided")),
    )


def downgrade() -> None:
    op.drop_table("announcements_telling_decided")
