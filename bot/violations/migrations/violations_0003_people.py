"""people"""

from __future__ import annotations

from alembic import op

revision = "violations_0003"
down_revision = "violations_0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("violations_cases", schema=None) as batch_op:
        batch_op.create_index("ix_violations_cases_user_id", ["user_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("violations_cases", schema=None) as batch_op:
        batch_op.drop_index("ix_violations_cases_user_id")
