"""options of groups"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "announcements_0003"
down_revision = "announcements_0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("announcements_settings", schema=None) as batch_op:
        batch_op.add_column(sa.Column("options", sa.Text(), nullable=False, server_default="{}"))
    with op.batch_alter_table("announcements_settings", schema=None) as batch_op:
        batch_op.alter_column("options", server_default=None)


def downgrade() -> None:
    with op.batch_alter_table("announcements_settings", schema=None) as batch_op:
        batch_op.drop_column("options")
