"""first tables"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "events_before_0001"
down_revision = None
branch_labels = ("events_before",)
depends_on = ("events_0001",)


def upgrade() -> None:
    op.create_table(
        "events_before_askings",
        sa.Column("event_id", sa.BigInteger(), nullable=False),
        sa.Column("starts_at", sa.BigInteger(), nullable=False),
        sa.Column("first_at", sa.BigInteger(), nullable=False),
        sa.Column("last_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["event_id"],
            ["events_events.id"],
            name=op.f("fk_events_before_askings_event_id_events_events"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("event_id", name=op.f("pk_events_before_askings")),
    )
    op.create_table(
        "events_before_calendars",
        sa.Column("event_id", sa.BigInteger(), nullable=False),
        sa.Column("user_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(
            ["event_id"],
            ["events_events.id"],
            name=op.f("fk_events_before_calendars_event_id_events_events"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("event_id", "user_id", name=op.f("pk_events_before_calendars")),
    )
    op.create_table(
        "events_before_posts",
        sa.Column("event_id", sa.BigInteger(), nullable=False),
        sa.Column("chat_id", sa.BigInteger(), nullable=False),
        sa.Column("message_id", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["event_id"],
            ["events_events.id"],
            name=op.f("fk_events_before_posts_event_id_events_events"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("event_id", name=op.f("pk_events_before_posts")),
    )


def downgrade() -> None:
    op.drop_table("events_before_posts")
    op.drop_table("events_before_calendars")
    op.drop_table("events_before_askings")
