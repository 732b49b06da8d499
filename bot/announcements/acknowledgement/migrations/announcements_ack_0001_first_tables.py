"""first tables"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "announcements_ack_0001"
down_revision = None
branch_labels = ("announcements_ack",)
depends_on = ("announcements_0002",)


def upgrade() -> None:
    op.create_table(
        "announcements_acknowledgement_rounds",
        sa.Column("post_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("group_id", sa.BigInteger(), nullable=False),
        sa.Column("broadcast_id", sa.BigInteger(), nullable=True),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("opened_at", sa.BigInteger(), nullable=False),
        sa.Column("until", sa.BigInteger(), nullable=True),
        sa.Column("nudges", sa.String(length=200), nullable=False),
        sa.Column("propose", sa.Boolean(), nullable=False),
        sa.Column("nudged", sa.Integer(), nullable=False),
        sa.Column("nudged_at", sa.BigInteger(), nullable=True),
        sa.Column("closed", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("post_id", name=op.f("pk_announcements_acknowledgement_rounds")),
    )
    op.create_index(
        "ix_announcements_acknowledgement_rounds_broadcast_id",
        "announcements_acknowledgement_rounds",
        ["broadcast_id"],
        unique=False,
    )
    op.create_table(
        "announcements_acknowledgement_marks",
        sa.Column("post_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("round", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("user_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("late", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("post_id", "round", "user_id", name=op.f("pk_announcements_acknowledgement_marks")),
    )
    op.create_table(
        "announcements_acknowledgement_missed",
        sa.Column("post_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("user_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("decision", sa.String(length=16), nullable=False),
        sa.Column("decided_by", sa.String(length=200), nullable=False),
        sa.Column("decided_at", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("post_id", "user_id", name=op.f("pk_announcements_acknowledgement_missed")),
    )


def downgrade() -> None:
    op.drop_table("announcements_acknowledgement_missed")
    op.drop_table("announcements_acknowledgement_marks")
    op.drop_index(
        "ix_announcements_acknowledgement_rounds_broadcast_id", table_name="announcements_acknowledgement_rounds"
    )
    op.drop_table("announcements_acknowledgement_rounds")
