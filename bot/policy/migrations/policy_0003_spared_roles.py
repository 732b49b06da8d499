"""spared roles"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "policy_0003"
down_revision = "policy_0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("policy_rules", schema=None) as batch_op:
        batch_op.add_column(sa.Column("spared_roles", sa.JSON(none_as_null=True), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("policy_rules", schema=None) as batch_op:
        batch_op.drop_column("spared_roles")
