"""first tables"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "policy_regulation_0001"
down_revision = None
branch_labels = ("policy_regulation",)
depends_on = "policy_0001"


def upgrade() -> None:
    op.create_table(
        "policy_regulation_files",
        sa.Column("group_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("slot", sa.String(length=32), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("group_id", "slot", name=op.f("pk_policy_regulation_files")),
    )


def downgrade() -> None:
    op.drop_table("policy_regulation_files")
