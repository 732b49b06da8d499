"""where it was handed in, and what became of its announcement"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "announcements_submissions_0002"
down_revision = "announcements_submissions_0001"
branch_labels = None
depends_on = None

_ITEMS = "announcements_submissions_items"
_INDEX = "ix_announcements_submissions_items_user_id_state"


def upgrade() -> None:
    with op.batch_alter_table(_ITEMS) as table:
        table.add_column(sa.Column("openly", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.create_index(_INDEX, _ITEMS, ["user_id", "state"], unique=False)


def downgrade() -> None:
    # A downgraded bot knows fewer states.
    for state, former in (("dropped", "accepted"), ("withdrawn", "published")):
        op.execute(f"UPDATE {_ITEMS} SET state = '{former}' WHERE state = '{state}'")  # noqa: S608  (no value from outside)
    op.drop_index(_INDEX, table_name=_ITEMS)
    with op.batch_alter_table(_ITEMS) as table:
        table.drop_column("openly")
