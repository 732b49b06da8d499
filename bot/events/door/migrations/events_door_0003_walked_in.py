"""walked in

How many guests came stands with the sign-up from now on; what is left of an arrival is where a walk-in stood before.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "events_door_0003"
down_revision = "events_door_0002"
branch_labels = None
depends_on = ("events_0003",)

_COUNTED = """
UPDATE events_signups SET came_with = (
    SELECT arrived.guests FROM events_door_arrivals AS arrived
    WHERE arrived.event_id = events_signups.event_id AND arrived.user_id = events_signups.user_id
) WHERE presence IN ('came', 'late', 'walked in')
"""
_COUNTED_BACK = """
UPDATE events_door_arrivals SET walked_in = TRUE, guests = COALESCE((
    SELECT coming.came_with FROM events_signups AS coming
    WHERE coming.event_id = events_door_arrivals.event_id AND coming.user_id = events_door_arrivals.user_id
), 0)
"""
_CAME_BACK = """
INSERT INTO events_door_arrivals (event_id, user_id, guests, walked_in, brought)
SELECT event_id, user_id, COALESCE(came_with, guests), FALSE, 0 FROM events_signups WHERE presence IN ('came', 'late')
AND NOT EXISTS (SELECT 1 FROM events_door_arrivals AS known
    WHERE known.event_id = events_signups.event_id AND known.user_id = events_signups.user_id)
"""


def upgrade() -> None:
    op.execute(_COUNTED)
    op.execute("DELETE FROM events_door_arrivals WHERE NOT walked_in")
    with op.batch_alter_table("events_door_arrivals", schema=None) as batch_op:
        batch_op.drop_column("guests")
        batch_op.drop_column("walked_in")


def downgrade() -> None:
    with op.batch_alter_table("events_door_arrivals", schema=None) as batch_op:
        batch_op.add_column(sa.Column("guests", sa.Integer(), server_default="0", nullable=False))
        batch_op.add_column(sa.Column("walked_in", sa.Boolean(), server_default=sa.false(), nullable=False))
    op.execute(_COUNTED_BACK)
    op.execute(_CAME_BACK)
    with op.batch_alter_table("events_door_arrivals", schema=None) as batch_op:
        batch_op.alter_column("guests", server_default=None)
        batch_op.alter_column("walked_in", server_default=None)
