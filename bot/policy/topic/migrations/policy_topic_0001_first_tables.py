"""first tables"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "policy_topic_0001"
down_revision = None
branch_labels = ("policy_topic",)
depends_on = ("policy_0001",)


def upgrade() -> None:
    op.create_table(
        "policy_topic_stopped",
        sa.Column("group_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("words", sa.JSON(), nullable=False),
        sa.Column("thread_id", sa.BigInteger(), nullable=True),
        sa.Column("seconds", sa.Integer(), nullable=False),
        sa.Column("later", sa.String(length=8), nullable=False),
        sa.Column("until", sa.BigInteger(), nullable=False),
        sa.Column("by_name", sa.Text(), nullable=False),
        sa.Column("ended", sa.String(length=8), nullable=True),
        sa.PrimaryKeyConstraint("group_id", "number", name=op.f("pk_policy_topic_stopped")),
    )
    op.create_table(
        "policy_topic_written",
        sa.Column("group_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("message_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("user_id", sa.BigInteger(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("album", sa.String(length=64), nullable=False),
        sa.Column("deleted", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("group_id", "number", "message_id", name=op.f("pk_policy_topic_written")),
    )
    with op.batch_alter_table("policy_topic_written", schema=None) as batch_op:
        batch_op.create_index("ix_policy_topic_written_group_id_at", ["group_id", "at"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("policy_topic_written", schema=None) as batch_op:
        batch_op.drop_index("ix_policy_topic_written_group_id_at")
    op.drop_table("policy_topic_written")
    op.drop_table("policy_topic_stopped")
