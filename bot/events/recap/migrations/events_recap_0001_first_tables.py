"""first tables"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "events_recap_0001"
down_revision = None
branch_labels = ("events_recap",)
depends_on = "events_0002"


def upgrade() -> None:
    op.create_table(
        "events_recap_feedback",
        sa.Column("event_id", sa.BigInteger(), nullable=False),
        sa.Column("user_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("stars", sa.Integer(), nullable=True),
        sa.Column("again", sa.String(length=8), nullable=True),
        sa.ForeignKeyConstraint(
            ["event_id"],
            ["events_events.id"],
            name=op.f("fk_events_recap_feedback_event_id_events_events"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("event_id", "user_id", name=op.f("pk_events_recap_feedback")),
    )
    op.create_table(
        "events_recap_items",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("event_id", sa.BigInteger(), nullable=False),
        sa.Column("user_id", sa.BigInteger(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("file_id", sa.Text(), nullable=True),
        sa.Column("standing", sa.String(length=16), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("handed_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["event_id"],
            ["events_events.id"],
            name=op.f("fk_events_recap_items_event_id_events_events"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_events_recap_items")),
    )
    op.create_index(op.f("ix_events_recap_items_event_id"), "events_recap_items", ["event_id"])
    op.create_table(
        "events_recap_recaps",
        sa.Column("event_id", sa.BigInteger(), nullable=False),
        sa.Column("intro", sa.Text(), nullable=False),
        sa.Column("thanked", sa.Boolean(), nullable=False),
        sa.Column("published_at", sa.BigInteger(), nullable=True),
        sa.Column("edition", sa.Integer(), nullable=False),
        sa.Column("posted", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["event_id"],
            ["events_events.id"],
            name=op.f("fk_events_recap_recaps_event_id_events_events"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("event_id", name=op.f("pk_events_recap_recaps")),
    )


def downgrade() -> None:
    op.drop_table("events_recap_recaps")
    op.drop_table("events_recap_items")
    op.drop_table("events_recap_feedback")
