"""first tables"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "announcements_submissions_0001"
down_revision = None
branch_labels = ("announcements_submissions",)
depends_on = ("announcements_0002",)


def upgrade() -> None:
    op.create_table(
        "announcements_submissions_houses",
        sa.Column("group_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("open", sa.Boolean(), nullable=False),
        sa.Column("daily", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("group_id", name=op.f("pk_announcements_submissions_houses")),
    )
    op.create_table(
        "announcements_submissions_items",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("group_id", sa.BigInteger(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("user_id", sa.BigInteger(), nullable=False),
        sa.Column("user_name", sa.String(length=200), nullable=False),
        sa.Column("department", sa.String(length=200), nullable=False),
        sa.Column("handed_at", sa.BigInteger(), nullable=False),
        sa.Column("talk", sa.Text(), nullable=False),
        sa.Column("decider_id", sa.BigInteger(), nullable=True),
        sa.Column("decider_name", sa.String(length=200), nullable=False),
        sa.Column("decided_at", sa.BigInteger(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("verified", sa.Text(), nullable=False),
        sa.Column("shown", sa.Boolean(), nullable=False),
        sa.Column("post_id", sa.BigInteger(), nullable=True),
        sa.Column("post_number", sa.Integer(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_announcements_submissions_items")),
        sa.UniqueConstraint("group_id", "number", name=op.f("uq_announcements_submissions_items_group_id_number")),
    )
    for name, columns in _INDEXES.items():
        op.create_index(name, "announcements_submissions_items", columns, unique=False)


def downgrade() -> None:
    for name in _INDEXES:
        op.drop_index(name, table_name="announcements_submissions_items")
    op.drop_table("announcements_submissions_items")
    op.drop_table("announcements_submissions_houses")


_INDEXES = {
    "ix_announcements_submissions_items_group_id_state": ["group_id", "state"],
    "ix_announcements_submissions_items_group_id_user_id": ["group_id", "user_id", "handed_at"],
    "ix_announcements_submissions_items_post_id": ["post_id"],
}
