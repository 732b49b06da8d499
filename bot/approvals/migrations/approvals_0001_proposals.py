"""Proposals."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "approvals_0001"
down_revision = None
branch_labels = ("approvals",)
depends_on = None


def upgrade() -> None:
    op.create_table(
        "approvals_pending",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("group_id", sa.BigInteger(), nullable=False),
        sa.Column("capability", sa.String(length=64), nullable=False),
        sa.Column("kind", sa.String(length=64), nullable=False),
        sa.Column("key", sa.String(length=200), nullable=False),
        sa.Column("summary", sa.Text(), nullable=False),
        sa.Column("proposed_by", sa.BigInteger(), nullable=True),
        sa.Column("needed", sa.String(length=32), nullable=False),
        sa.Column("not_by", sa.JSON(), nullable=False),
        sa.Column("until", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("decided_by", sa.BigInteger(), nullable=True),
        sa.Column("decided_at", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_approvals_pending")),
    )
    with op.batch_alter_table("approvals_pending", schema=None) as batch_op:
        batch_op.create_index("ix_approvals_pending_capability_kind_key", ["capability", "kind", "key"], unique=False)
        batch_op.create_index("ix_approvals_pending_group_id_state", ["group_id", "state"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("approvals_pending", schema=None) as batch_op:
        batch_op.drop_index("ix_approvals_pending_group_id_state")
        batch_op.drop_index("ix_approvals_pending_capability_kind_key")

    op.drop_table("approvals_pending")
