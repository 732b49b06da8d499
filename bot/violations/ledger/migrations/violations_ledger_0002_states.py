"""states"""

from __future__ import annotations

from alembic import op

revision = "violations_ledger_0002"
down_revision = "violations_ledger_0001"
branch_labels = None
depends_on = ("violations_0003",)

BEFORE = [
    "group_id",
    "issued_at",
    "number",
    "rule",
    "user_id",
    "department",
    "issuer_id",
    "rung",
    "undone_at",
]


def upgrade() -> None:
    op.drop_index("ix_violations_cases_ledger", table_name="violations_cases")
    op.create_index(
        "ix_violations_cases_ledger",
        "violations_cases",
        [*BEFORE, "level", "expires_at", "mute_until", "state"],
        unique=False,
    )


def downgrade() -> None:
    op.drop_index("ix_violations_cases_ledger", table_name="violations_cases")
    op.create_index("ix_violations_cases_ledger", "violations_cases", BEFORE, unique=False)
