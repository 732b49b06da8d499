"""reminders by name"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "announcements_ack_0002"
down_revision = "announcements_ack_0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "announcements_acknowledgement_runs",
        sa.Column("post_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("group_id", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("known", sa.Integer(), nullable=False),
        sa.Column("total", sa.Integer(), nullable=True),
        sa.Column("cursor", sa.BigInteger(), nullable=False),
        sa.Column("before", sa.BigInteger(), nullable=False),
        sa.Column("batch", sa.Integer(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("on_way", sa.Boolean(), nullable=False),
        sa.Column("last", sa.Boolean(), nullable=False),
        sa.Column("told", sa.Integer(), nullable=False),
        sa.Column("unsure", sa.Integer(), nullable=False),
        sa.Column("waits_until", sa.BigInteger(), nullable=True),
        sa.Column("refusal", sa.String(length=32), nullable=False),
        sa.Column("problem", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("post_id", name=op.f("pk_announcements_acknowledgement_runs")),
    )
    op.create_table(
        "announcements_acknowledgement_named",
        sa.Column("post_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("batch", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("user_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.PrimaryKeyConstraint("post_id", "batch", "user_id", name=op.f("pk_announcements_acknowledgement_named")),
    )
    op.create_table(
        "announcements_acknowledgement_waiting",
        sa.Column("post_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("user_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.PrimaryKeyConstraint("post_id", "user_id", name=op.f("pk_announcements_acknowledgement_waiting")),
    )


def downgrade() -> None:
    op.drop_table("announcements_acknowledgement_waiting")
    op.drop_table("announcements_acknowledgement_named")
    op.drop_table("announcements_acknowledgement_runs")
