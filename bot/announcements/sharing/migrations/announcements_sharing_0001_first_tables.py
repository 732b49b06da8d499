"""first tables"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "announcements_sharing_0001"
down_revision = None
branch_labels = ("announcements_sharing",)
depends_on = ("announcements_0002",)


def upgrade() -> None:
    op.create_table(
        "announcements_sharing_campaigns",
        sa.Column("post_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("group_id", sa.BigInteger(), nullable=False),
        sa.Column("opened_at", sa.BigInteger(), nullable=False),
        sa.Column("until", sa.BigInteger(), nullable=True),
        sa.Column("proof", sa.Boolean(), nullable=False),
        sa.Column("nudged", sa.Integer(), nullable=False),
        sa.Column("nudged_at", sa.BigInteger(), nullable=True),
        sa.Column("closed", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("post_id", name=op.f("pk_announcements_sharing_campaigns")),
    )
    op.create_table(
        "announcements_sharing_shares",
        sa.Column("post_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("user_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("proof", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("post_id", "user_id", name=op.f("pk_announcements_sharing_shares")),
    )


def downgrade() -> None:
    op.drop_table("announcements_sharing_shares")
    op.drop_table("announcements_sharing_campaigns")
