"""payments"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "events_door_0002"
down_revision = "events_door_0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "events_door_payments",
        sa.Column("event_id", sa.BigInteger(), nullable=False),
        sa.Column("user_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("persons", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["event_id"],
            ["events_events.id"],
            name=op.f("fk_events_door_payments_event_id_events_events"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("event_id", "user_id", name=op.f("pk_events_door_payments")),
    )


def downgrade() -> None:
    op.drop_table("events_door_payments")
