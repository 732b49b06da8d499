"""albums: their messages, their buttons, and those that are still being made"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "announcements_0004"
down_revision = "announcements_0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("announcements_posts", schema=None) as batch_op:
        batch_op.add_column(sa.Column("message_ids", sa.Text(), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("below_id", sa.BigInteger(), nullable=True))
    with op.batch_alter_table("announcements_posts", schema=None) as batch_op:
        batch_op.alter_column("message_ids", server_default=None)
    op.create_table(
        "announcements_albums",
        sa.Column("post_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("from_chat_id", sa.BigInteger(), nullable=False),
        sa.Column("album", sa.String(length=64), nullable=False),
        sa.Column("chat_id", sa.BigInteger(), nullable=False),
        sa.Column("thread_id", sa.BigInteger(), nullable=True),
        sa.Column("reader", sa.String(length=32), nullable=False),
        sa.Column("shown", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("post_id", name=op.f("pk_announcements_albums")),
    )
    op.create_index("ix_announcements_albums_album", "announcements_albums", ["album"], unique=False)


def downgrade() -> None:
    op.drop_index("ix_announcements_albums_album", table_name="announcements_albums")
    op.drop_table("announcements_albums")
    with op.batch_alter_table("announcements_posts", schema=None) as batch_op:
        batch_op.drop_column("below_id")
        batch_op.drop_column("message_ids")
