"""first tables"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "events_signing_0001"
down_revision = None
branch_labels = ("events_signing",)
depends_on = "events_0002"


def upgrade() -> None:
    op.create_table(
        "events_signing_rolls",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("event_id", sa.BigInteger(), nullable=False),
        sa.Column("chat_id", sa.BigInteger(), nullable=False),
        sa.Column("thread_id", sa.BigInteger(), nullable=True),
        sa.Column("opened", sa.BigInteger(), nullable=False),
        sa.Column("entries", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["event_id"],
            ["events_events.id"],
            name=op.f("fk_events_signing_rolls_event_id_events_events"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_events_signing_rolls")),
    )
    op.create_index("ix_events_signing_rolls_event_id", "events_signing_rolls", ["event_id"], unique=False)


def downgrade() -> None:
    op.drop_index("ix_events_signing_rolls_event_id", table_name="events_signing_rolls")
    op.drop_table("events_signing_rolls")
