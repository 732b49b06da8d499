"""what was heard"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "policy_theme_0002"
down_revision = "policy_theme_0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "policy_theme_heard",
        sa.Column("group_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("since", sa.BigInteger(), nullable=False),
        sa.Column("talk", sa.Integer(), nullable=False),
        sa.Column("last", sa.BigInteger(), nullable=False),
        sa.Column("day", sa.Integer(), nullable=False),
        sa.Column("said", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("group_id", "number", name=op.f("pk_policy_theme_heard")),
    )


def downgrade() -> None:
    op.drop_table("policy_theme_heard")
