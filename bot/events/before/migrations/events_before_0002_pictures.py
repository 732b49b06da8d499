"""pictures"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "events_before_0002"
down_revision = "events_before_0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "events_before_pictures",
        sa.Column("event_id", sa.BigInteger(), nullable=False),
        sa.Column("chat_id", sa.BigInteger(), nullable=False),
        sa.Column("message_id", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["event_id"],
            ["events_events.id"],
            name=op.f("fk_events_before_pictures_event_id_events_events"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("event_id", name=op.f("pk_events_before_pictures")),
    )


def downgrade() -> None:
    op.drop_table("events_before_pictures")
