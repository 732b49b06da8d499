"""sums by index

What decides about a tap is counted from indexes alone, however long the list is.
"""

from __future__ import annotations

from alembic import op

revision = "events_0004"
down_revision = "events_0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("ix_events_signups_event_id_state_guests", "events_signups", ["event_id", "state", "guests"])


def downgrade() -> None:
    op.drop_index("ix_events_signups_event_id_state_guests", table_name="events_signups")
