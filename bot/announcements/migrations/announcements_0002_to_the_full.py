"""review, options, albums, buttons, withdrawing; how a group keeps its announcements"""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "announcements_0002"
down_revision = "announcements_0001"
branch_labels = None
depends_on = None

# A downgraded bot knows fewer states: what was in review is a draft again, and what has left is discarded.
_FORMER = {"in_review": "draft", "approved": "draft", "rejected": "discarded", "withdrawn": "discarded"}


def _filled() -> tuple[sa.Column[Any], ...]:
    return (
        sa.Column("extra", sa.Text(), nullable=False, server_default="{}"),
        sa.Column("urgent", sa.Boolean(), nullable=False, server_default=sa.false()),
        sa.Column("options", sa.Text(), nullable=False, server_default="{}"),
        sa.Column("credit", sa.String(length=200), nullable=False, server_default=""),
        sa.Column("reviewer_name", sa.String(length=200), nullable=False, server_default=""),
        sa.Column("remark", sa.Text(), nullable=False, server_default=""),
        sa.Column("approval", sa.String(length=80), nullable=False, server_default=""),
        sa.Column("withdrawn_by", sa.String(length=200), nullable=False, server_default=""),
        sa.Column("withdrawn_why", sa.Text(), nullable=False, server_default=""),
    )


def _empty() -> tuple[sa.Column[Any], ...]:
    return (
        sa.Column("writer_id", sa.BigInteger(), nullable=True),
        sa.Column("reviewer_id", sa.BigInteger(), nullable=True),
        sa.Column("pending", sa.Text(), nullable=True),
        sa.Column("broadcast_id", sa.BigInteger(), nullable=True),
        sa.Column("recurring_id", sa.BigInteger(), nullable=True),
        sa.Column("edited_at", sa.BigInteger(), nullable=True),
        sa.Column("withdrawn_at", sa.BigInteger(), nullable=True),
    )


def upgrade() -> None:
    op.create_table(
        "announcements_settings",
        sa.Column("group_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("review", sa.String(length=8), nullable=False),
        sa.Column("late", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("group_id", name=op.f("pk_announcements_settings")),
    )
    with op.batch_alter_table("announcements_posts", schema=None) as batch_op:
        for column in (*_filled(), *_empty()):
            batch_op.add_column(column)
    with op.batch_alter_table("announcements_posts", schema=None) as batch_op:
        for column in _filled():
            batch_op.alter_column(column.name, server_default=None)
        batch_op.create_index("ix_announcements_posts_broadcast_id", ["broadcast_id"], unique=False)
        batch_op.create_index("ix_announcements_posts_recurring_id", ["recurring_id"], unique=False)
    op.execute(sa.text("UPDATE announcements_posts SET writer_id = author_id"))


def downgrade() -> None:
    for state, former in _FORMER.items():
        op.execute(
            sa.text("UPDATE announcements_posts SET state = :former WHERE state = :state").bindparams(
                former=former, state=state
            )
        )
    with op.batch_alter_table("announcements_posts", schema=None) as batch_op:
        batch_op.drop_index("ix_announcements_posts_recurring_id")
        batch_op.drop_index("ix_announcements_posts_broadcast_id")
        for column in (*_empty(), *_filled()):
            batch_op.drop_column(column.name)
    op.drop_table("announcements_settings")
