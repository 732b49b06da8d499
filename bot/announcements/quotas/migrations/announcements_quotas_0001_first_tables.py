"""first tables"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "announcements_quotas_0001"
down_revision = None
branch_labels = ("announcements_quotas",)
depends_on = ("announcements_0002",)


def upgrade() -> None:
    op.create_table(
        "announcements_quotas_houses",
        sa.Column("group_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("remind", sa.Integer(), nullable=False),
        sa.Column("week_begins", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("group_id", name=op.f("pk_announcements_quotas_houses")),
    )
    op.create_table(
        "announcements_quotas_owed",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("group_id", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("user_id", sa.BigInteger(), nullable=True),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("period", sa.String(length=8), nullable=False),
        sa.Column("set_at", sa.BigInteger(), nullable=False),
        sa.Column("set_by", sa.String(length=200), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_announcements_quotas_owed")),
    )
    op.create_index("ix_announcements_quotas_owed_group_id", "announcements_quotas_owed", ["group_id"], unique=False)
    op.create_table(
        "announcements_quotas_results",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("group_id", sa.BigInteger(), nullable=False),
        sa.Column("period", sa.String(length=8), nullable=False),
        sa.Column("start", sa.String(length=10), nullable=False),
        sa.Column("end", sa.String(length=10), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("user_id", sa.BigInteger(), nullable=True),
        sa.Column("department", sa.String(length=200), nullable=False),
        sa.Column("owed", sa.Integer(), nullable=False),
        sa.Column("delivered", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_announcements_quotas_results")),
    )
    op.create_index(
        "ix_announcements_quotas_results_group_id_period_start",
        "announcements_quotas_results",
        ["group_id", "period", "start"],
        unique=False,
    )


def downgrade() -> None:
    op.drop_index("ix_announcements_quotas_results_group_id_period_start", table_name="announcements_quotas_results")
    op.drop_table("announcements_quotas_results")
    op.drop_index("ix_announcements_quotas_owed_group_id", table_name="announcements_quotas_owed")
    op.drop_table("announcements_quotas_owed")
    op.drop_table("announcements_quotas_houses")
