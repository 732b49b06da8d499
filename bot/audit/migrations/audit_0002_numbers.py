"""numbers of what an entry is about"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "audit_0002"
down_revision = "audit_0001"
branch_labels = None
depends_on = None

_KNOWN = {
    "sqlite": (
        "UPDATE audit_log SET number = json_extract(details, '$.number') "
        "WHERE json_type(details, '$.number') = 'integer'"
    ),
    "postgresql": (
        "UPDATE audit_log SET number = CAST(details ->> 'number' AS integer) "
        "WHERE json_typeof(details -> 'number') = 'number'"
    ),
}


def upgrade() -> None:
    with op.batch_alter_table("audit_log", schema=None) as batch_op:
        batch_op.add_column(sa.Column("number", sa.Integer(), nullable=True))
        batch_op.create_index("ix_audit_log_group_id_number", ["group_id", "number"], unique=False)
    op.execute(_KNOWN[op.get_bind().dialect.name])


def downgrade() -> None:
    with op.batch_alter_table("audit_log", schema=None) as batch_op:
        batch_op.drop_index("ix_audit_log_group_id_number")
        batch_op.drop_column("number")
