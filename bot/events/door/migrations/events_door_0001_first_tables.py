"""first tables"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "events_door_0001"
down_revision = None
branch_labels = ("events_door",)
depends_on = ("events_0001",)


def upgrade() -> None:
    op.create_table(
        "events_door_doors",
        sa.Column("event_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("code", sa.String(length=6), nullable=True),
        sa.Column("token", sa.String(length=64), nullable=True),
        sa.Column("walk_ins", sa.Boolean(), nullable=False),
        sa.Column("closed_at", sa.BigInteger(), nullable=True),
        sa.Column("reminded_at", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(
            ["event_id"],
            ["events_events.id"],
            name=op.f("fk_events_door_doors_event_id_events_events"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("event_id", name=op.f("pk_events_door_doors")),
        sa.UniqueConstraint("token", name=op.f("uq_events_door_doors_token")),
    )
    op.create_table(
        "events_door_arrivals",
        sa.Column("event_id", sa.BigInteger(), nullable=False),
        sa.Column("user_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("guests", sa.Integer(), nullable=False),
        sa.Column("walked_in", sa.Boolean(), nullable=False),
        sa.Column("stood", sa.String(length=16), nullable=True),
        sa.Column("brought", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["event_id"],
            ["events_events.id"],
            name=op.f("fk_events_door_arrivals_event_id_events_events"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("event_id", "user_id", name=op.f("pk_events_door_arrivals")),
    )
    op.create_table(
        "events_door_panels",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("event_id", sa.BigInteger(), nullable=False),
        sa.Column("chat_id", sa.BigInteger(), nullable=False),
        sa.Column("others", sa.Boolean(), nullable=False),
        sa.Column("page", sa.Integer(), nullable=False),
        sa.Column("search", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["event_id"],
            ["events_events.id"],
            name=op.f("fk_events_door_panels_event_id_events_events"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_events_door_panels")),
    )
    op.create_index("ix_events_door_panels_event_id", "events_door_panels", ["event_id"], unique=False)
    op.create_table(
        "events_door_tries",
        sa.Column("user_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("since", sa.BigInteger(), nullable=False),
        sa.Column("wrong", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("user_id", name=op.f("pk_events_door_tries")),
    )


def downgrade() -> None:
    op.drop_table("events_door_tries")
    op.drop_index("ix_events_door_panels_event_id", table_name="events_door_panels")
    op.drop_table("events_door_panels")
    op.drop_table("events_door_arrivals")
    op.drop_table("events_door_doors")
