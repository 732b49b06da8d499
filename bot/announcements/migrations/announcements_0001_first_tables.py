"""first tables"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "announcements_0001"
down_revision = None
branch_labels = ("announcements",)
depends_on = None


def upgrade() -> None:
    op.create_table(
        "announcements_posts",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("group_id", sa.BigInteger(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("html", sa.Text(), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=True),
        sa.Column("file_id", sa.Text(), nullable=True),
        sa.Column("author_id", sa.BigInteger(), nullable=False),
        sa.Column("author_name", sa.String(length=200), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("due_at", sa.BigInteger(), nullable=True),
        sa.Column("publisher_id", sa.BigInteger(), nullable=True),
        sa.Column("publisher_name", sa.String(length=200), nullable=False),
        sa.Column("attempt", sa.Integer(), nullable=False),
        sa.Column("posted_at", sa.BigInteger(), nullable=True),
        sa.Column("chat_id", sa.BigInteger(), nullable=True),
        sa.Column("message_id", sa.BigInteger(), nullable=True),
        sa.Column("pin", sa.String(length=16), nullable=False),
        sa.Column("refusal", sa.String(length=32), nullable=False),
        sa.Column("problem", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_announcements_posts")),
        sa.UniqueConstraint("group_id", "number", name=op.f("uq_announcements_posts_group_id_number")),
    )
    with op.batch_alter_table("announcements_posts", schema=None) as batch_op:
        batch_op.create_index("ix_announcements_posts_group_id_posted_at", ["group_id", "posted_at"], unique=False)
        batch_op.create_index("ix_announcements_posts_group_id_state", ["group_id", "state"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("announcements_posts", schema=None) as batch_op:
        batch_op.drop_index("ix_announcements_posts_group_id_state")
        batch_op.drop_index("ix_announcements_posts_group_id_posted_at")

    op.drop_table("announcements_posts")
