"""first tables"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "announcements_recurring_0001"
down_revision = None
branch_labels = ("announcements_recurring",)
depends_on = "announcements_0002"


def upgrade() -> None:
    op.create_table(
        "announcements_recurring_rules",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("group_id", sa.BigInteger(), nullable=False),
        sa.Column("item_id", sa.BigInteger(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("rule", sa.Text(), nullable=False),
        sa.Column("manager_id", sa.BigInteger(), nullable=False),
        sa.Column("manager_name", sa.String(length=200), nullable=False),
        sa.Column("phase", sa.String(length=8), nullable=False),
        sa.Column("next_at", sa.BigInteger(), nullable=True),
        sa.Column("last_day", sa.String(length=10), nullable=True),
        sa.Column("fired", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["item_id"],
            ["announcements_posts.id"],
            name=op.f("fk_announcements_recurring_rules_item_id_announcements_posts"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_announcements_recurring_rules")),
        sa.UniqueConstraint("item_id", name=op.f("uq_announcements_recurring_rules_item_id")),
    )
    with op.batch_alter_table("announcements_recurring_rules", schema=None) as batch_op:
        batch_op.create_index("ix_announcements_recurring_rules_group_id_phase", ["group_id", "phase"], unique=False)


def downgrade() -> None:
    op.drop_table("announcements_recurring_rules")
