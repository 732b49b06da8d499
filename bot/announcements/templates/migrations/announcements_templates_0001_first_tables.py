"""first tables"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "announcements_templates_0001"
down_revision = None
branch_labels = ("announcements_templates",)
depends_on = ("announcements_0002",)


def upgrade() -> None:
    op.create_table(
        "announcements_templates_kept",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("group_id", sa.BigInteger(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("key", sa.String(length=200), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("options", sa.Text(), nullable=False),
        sa.Column("user_id", sa.BigInteger(), nullable=False),
        sa.Column("user_name", sa.String(length=200), nullable=False),
        sa.Column("saved_at", sa.BigInteger(), nullable=False),
        sa.Column("used", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_announcements_templates_kept")),
        sa.UniqueConstraint("group_id", "key", name=op.f("uq_announcements_templates_kept_group_id_key")),
    )


def downgrade() -> None:
    op.drop_table("announcements_templates_kept")
