"""views"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "violations_ledger_0001"
down_revision = None
branch_labels = ("violations_ledger",)
depends_on = ("violations_0002",)


def upgrade() -> None:
    op.create_table(
        "violations_ledger_views",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("group_id", sa.BigInteger(), nullable=False),
        sa.Column("wanted", sa.Text(), nullable=False),
        sa.Column("used_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_violations_ledger_views")),
        sa.UniqueConstraint("group_id", "wanted", name=op.f("uq_violations_ledger_views_group_id_wanted")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_violations_ledger_views_used_at", "violations_ledger_views", ["used_at"], unique=False)
    op.create_index(
        "ix_violations_cases_ledger",
        "violations_cases",
        [
            "group_id",
            "issued_at",
            "number",
            "rule",
            "user_id",
            "department",
            "issuer_id",
            "rung",
            "undone_at",
        ],
        unique=False,
    )


def downgrade() -> None:
    op.drop_index("ix_violations_cases_ledger", table_name="violations_cases")
    op.drop_index("ix_violations_ledger_views_used_at", table_name="violations_ledger_views")
    op.drop_table("violations_ledger_views")
