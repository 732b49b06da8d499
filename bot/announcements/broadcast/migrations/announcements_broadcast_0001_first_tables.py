"""first tables"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "announcements_broadcast_0001"
down_revision = None
branch_labels = ("announcements_broadcast",)
depends_on = ("announcements_0002",)


def upgrade() -> None:
    op.create_table(
        "announcements_broadcast_sendings",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("group_id", sa.BigInteger(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("options", sa.Text(), nullable=False),
        sa.Column("urgent", sa.Boolean(), nullable=False),
        sa.Column("user_id", sa.BigInteger(), nullable=False),
        sa.Column("user_name", sa.String(length=200), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("withdrawn", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("begun_at", sa.BigInteger(), nullable=True),
        sa.Column("ended_at", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_announcements_broadcast_sendings")),
    )
    op.create_index(
        "ix_announcements_broadcast_sendings_group_id", "announcements_broadcast_sendings", ["group_id"], unique=False
    )
    op.create_table(
        "announcements_broadcast_targets",
        sa.Column("broadcast_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("group_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("step", sa.String(length=12), nullable=False),
        sa.Column("reason", sa.String(length=12), nullable=False),
        sa.Column("until", sa.BigInteger(), nullable=True),
        sa.Column("number", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("under_way", sa.Boolean(), nullable=False),
        sa.Column("problem", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("broadcast_id", "group_id", name=op.f("pk_announcements_broadcast_targets")),
    )


def downgrade() -> None:
    op.drop_table("announcements_broadcast_targets")
    op.drop_index("ix_announcements_broadcast_sendings_group_id", table_name="announcements_broadcast_sendings")
    op.drop_table("announcements_broadcast_sendings")
