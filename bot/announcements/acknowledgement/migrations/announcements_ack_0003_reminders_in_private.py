"""reminders in private, a few at a time"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "announcements_ack_0003"
down_revision = "announcements_ack_0002"
branch_labels = None
depends_on = None

# Whoever was named already would be named again: they are taken off the list from now on.
_NAMED = """
DELETE FROM announcements_acknowledgement_waiting WHERE user_id <= (
SELECT CASE WHEN run.on_way THEN run.before ELSE run.cursor END FROM announcements_acknowledgement_runs AS run
WHERE run.post_id = announcements_acknowledgement_waiting.post_id)
"""


def upgrade() -> None:
    with op.batch_alter_table("announcements_acknowledgement_waiting", schema=None) as batch_op:
        batch_op.add_column(sa.Column("in_private", sa.Boolean(), nullable=False, server_default=sa.false()))
    with op.batch_alter_table("announcements_acknowledgement_waiting", schema=None) as batch_op:
        batch_op.alter_column("in_private", server_default=None)
    op.execute(sa.text(_NAMED))


def downgrade() -> None:
    with op.batch_alter_table("announcements_acknowledgement_waiting", schema=None) as batch_op:
        batch_op.drop_column("in_private")
