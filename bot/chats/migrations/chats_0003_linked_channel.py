"""The channel that a group is linked to."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "chats_0003"
down_revision = "chats_0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("chats_groups") as batch_op:
        batch_op.add_column(sa.Column("linked_chat_id", sa.BigInteger(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("chats_groups") as batch_op:
        batch_op.drop_column("linked_chat_id")
