"""first tables"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "events_series_0001"
down_revision = None
branch_labels = ("events_series",)
depends_on = "events_0002"


def upgrade() -> None:
    op.create_table(
        "events_series_series",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("group_id", sa.BigInteger(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("starts_at", sa.BigInteger(), nullable=False),
        sa.Column("seats", sa.Integer(), nullable=True),
        sa.Column("guests", sa.Integer(), nullable=False),
        sa.Column("deadline", sa.BigInteger(), nullable=True),
        sa.Column("place", sa.Text(), nullable=True),
        sa.Column("details", sa.Text(), nullable=True),
        sa.Column("rule", sa.Text(), nullable=False),
        sa.Column("created_by", sa.BigInteger(), nullable=False),
        sa.Column("creator_name", sa.String(length=200), nullable=False),
        sa.Column("ahead", sa.Integer(), nullable=False),
        sa.Column("regulars", sa.Boolean(), nullable=False),
        sa.Column("holidays", sa.Boolean(), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_events_series_series")),
        sa.UniqueConstraint("group_id", "number", name=op.f("uq_events_series_series_group_id_number")),
    )
    op.create_table(
        "events_series_dates",
        sa.Column("series_id", sa.BigInteger(), nullable=False),
        sa.Column("day", sa.String(length=10), nullable=False),
        sa.Column("event_id", sa.BigInteger(), nullable=True),
        sa.Column("skipped", sa.Boolean(), nullable=False),
        sa.Column("moved_to", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(
            ["event_id"],
            ["events_events.id"],
            name=op.f("fk_events_series_dates_event_id_events_events"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["series_id"],
            ["events_series_series.id"],
            name=op.f("fk_events_series_dates_series_id_events_series_series"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("series_id", "day", name=op.f("pk_events_series_dates")),
    )


def downgrade() -> None:
    op.drop_table("events_series_dates")
    op.drop_table("events_series_series")
