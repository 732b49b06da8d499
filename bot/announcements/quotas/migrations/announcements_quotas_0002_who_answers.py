"""who answers for a department"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "announcements_quotas_0002"
down_revision = "announcements_quotas_0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("announcements_quotas_owed") as table:
        table.add_column(sa.Column("keeper_id", sa.BigInteger(), nullable=True))
        table.add_column(sa.Column("keeper", sa.String(length=200), nullable=False, server_default=""))


def downgrade() -> None:
    with op.batch_alter_table("announcements_quotas_owed") as table:
        table.drop_column("keeper")
        table.drop_column("keeper_id")
