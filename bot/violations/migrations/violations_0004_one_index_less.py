"""one index less: that of the ledger has its columns"""

from __future__ import annotations

from alembic import op

revision = "violations_0004"
down_revision = "violations_0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.drop_index("ix_violations_cases_group_id_issued_at", table_name="violations_cases")


def downgrade() -> None:
    op.create_index(
        "ix_violations_cases_group_id_issued_at", "violations_cases", ["group_id", "issued_at"], unique=False
    )
