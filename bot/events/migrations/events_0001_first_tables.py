"""first tables"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "events_0001"
down_revision = None
branch_labels = ("events",)
depends_on = None


def upgrade() -> None:
    op.create_table(
        "events_events",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("group_id", sa.BigInteger(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("starts_at", sa.BigInteger(), nullable=False),
        sa.Column("seats", sa.Integer(), nullable=True),
        sa.Column("guests", sa.Integer(), nullable=False),
        sa.Column("deadline", sa.BigInteger(), nullable=True),
        sa.Column("place", sa.Text(), nullable=True),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("created_by", sa.BigInteger(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("card_chat_id", sa.BigInteger(), nullable=True),
        sa.Column("card_message_id", sa.BigInteger(), nullable=True),
        sa.Column("list_chat_id", sa.BigInteger(), nullable=True),
        sa.Column("list_message_id", sa.BigInteger(), nullable=True),
        sa.Column("list_at", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_events_events")),
        sa.UniqueConstraint("group_id", "number", name=op.f("uq_events_events_group_id_number")),
    )
    with op.batch_alter_table("events_events", schema=None) as batch_op:
        batch_op.create_index("ix_events_events_group_id_starts_at", ["group_id", "starts_at"], unique=False)

    op.create_table(
        "events_signups",
        sa.Column("event_id", sa.BigInteger(), nullable=False),
        sa.Column("user_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("turn", sa.Integer(), nullable=False),
        sa.Column("guests", sa.Integer(), nullable=False),
        sa.Column("since", sa.BigInteger(), nullable=False),
        sa.Column("notice", sa.String(length=8), nullable=True),
        sa.ForeignKeyConstraint(
            ["event_id"],
            ["events_events.id"],
            name=op.f("fk_events_signups_event_id_events_events"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("event_id", "user_id", name=op.f("pk_events_signups")),
    )
    with op.batch_alter_table("events_signups", schema=None) as batch_op:
        batch_op.create_index("ix_events_signups_event_id_state_turn", ["event_id", "state", "turn"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("events_signups", schema=None) as batch_op:
        batch_op.drop_index("ix_events_signups_event_id_state_turn")

    op.drop_table("events_signups")
    with op.batch_alter_table("events_events", schema=None) as batch_op:
        batch_op.drop_index("ix_events_events_group_id_starts_at")

    op.drop_table("events_events")
