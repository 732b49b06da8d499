"""first tables"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "digest_0001"
down_revision = None
branch_labels = ("digest",)
depends_on = None


def upgrade() -> None:
    op.create_table(
        "digest_activity",
        sa.Column("group_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("day", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("user_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("messages", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("group_id", "day", "user_id", name=op.f("pk_digest_activity")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "digest_heard",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("group_id", sa.BigInteger(), nullable=False),
        sa.Column("day", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.BigInteger(), nullable=False),
        sa.Column("messages", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_digest_heard")),
    )
    op.create_table(
        "digest_questions",
        sa.Column("group_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("message_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("chat_id", sa.BigInteger(), nullable=False),
        sa.Column("thread_id", sa.BigInteger(), nullable=True),
        sa.Column("user_id", sa.BigInteger(), nullable=False),
        sa.Column("asked_at", sa.BigInteger(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("group_id", "message_id", name=op.f("pk_digest_questions")),
    )
    with op.batch_alter_table("digest_questions", schema=None) as batch_op:
        batch_op.create_index("ix_digest_questions_asked_at", ["asked_at"], unique=False)

    op.create_table(
        "digest_settings",
        sa.Column("group_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("minute", sa.Integer(), nullable=False),
        sa.Column("place", sa.String(length=16), nullable=False),
        sa.Column("covered", sa.Integer(), nullable=True),
        sa.Column("told_at", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("group_id", name=op.f("pk_digest_settings")),
    )


def downgrade() -> None:
    op.drop_table("digest_settings")
    with op.batch_alter_table("digest_questions", schema=None) as batch_op:
        batch_op.drop_index("ix_digest_questions_asked_at")

    op.drop_table("digest_questions")
    op.drop_table("digest_heard")
    op.drop_table("digest_activity")
