"""What is due."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "timers_0001"
down_revision = None
branch_labels = ("timers",)
depends_on = None


def upgrade() -> None:
    op.create_table(
        "timers_due",
        sa.Column("capability", sa.String(length=64), nullable=False),
        sa.Column("kind", sa.String(length=64), nullable=False),
        sa.Column("key", sa.String(length=200), nullable=False),
        sa.Column("group_id", sa.BigInteger(), nullable=True),
        sa.Column("due_at", sa.BigInteger(), nullable=False),
        sa.Column("wanted_at", sa.BigInteger(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("capability", "kind", "key", name=op.f("pk_timers_due")),
    )
    with op.batch_alter_table("timers_due", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_timers_due_due_at"), ["due_at"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("timers_due", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_timers_due_due_at"))

    op.drop_table("timers_due")
