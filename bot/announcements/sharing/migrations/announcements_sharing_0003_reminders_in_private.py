"""reminders in private, and by a plan"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "announcements_sharing_0003"
down_revision = "announcements_sharing_0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "announcements_sharing_waiting",
        sa.Column("post_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("user_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("in_private", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("post_id", "user_id", name=op.f("pk_announcements_sharing_waiting")),
    )
    with op.batch_alter_table("announcements_sharing_campaigns", schema=None) as batch_op:
        batch_op.add_column(sa.Column("nudges", sa.String(length=200), nullable=False, server_default=""))
    with op.batch_alter_table("announcements_sharing_campaigns", schema=None) as batch_op:
        batch_op.alter_column("nudges", server_default=None)


def downgrade() -> None:
    with op.batch_alter_table("announcements_sharing_campaigns", schema=None) as batch_op:
        batch_op.drop_column("nudges")
    op.drop_table("announcements_sharing_waiting")
