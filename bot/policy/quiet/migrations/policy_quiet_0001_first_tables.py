"""first tables"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "policy_quiet_0001"
down_revision = None
branch_labels = ("policy_quiet",)
depends_on = ("policy_0001",)


def upgrade() -> None:
    op.create_table(
        "policy_quiet_houses",
        sa.Column("group_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("mode", sa.String(length=8), nullable=False),
        sa.Column("notice", sa.Boolean(), nullable=False),
        sa.Column("phase", sa.String(length=8), nullable=False),
        sa.Column("base", sa.JSON(), nullable=False),
        sa.Column("taken", sa.JSON(), nullable=False),
        sa.Column("last_order", sa.Integer(), nullable=False),
        sa.Column("doubt", sa.Boolean(), nullable=False),
        sa.Column("why", sa.String(length=16), nullable=True),
        sa.Column("rest_until", sa.BigInteger(), nullable=True),
        sa.Column("try_at", sa.BigInteger(), nullable=True),
        sa.Column("unseen", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("group_id", name=op.f("pk_policy_quiet_houses")),
    )
    op.create_table(
        "policy_quiet_heard",
        sa.Column("group_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("night", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("user_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("messages", sa.Integer(), nullable=False),
        sa.Column("reminded", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("group_id", "night", "user_id", name=op.f("pk_policy_quiet_heard")),
    )


def downgrade() -> None:
    op.drop_table("policy_quiet_heard")
    op.drop_table("policy_quiet_houses")
