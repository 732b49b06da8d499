"""whose the change of a published announcement is, who remarked, and what was last handed in"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "announcements_0005"
down_revision = "announcements_0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("announcements_posts", schema=None) as batch_op:
        batch_op.add_column(sa.Column("pending_by", sa.BigInteger(), nullable=True))
        batch_op.add_column(sa.Column("remark_by", sa.String(length=200), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("handed", sa.String(length=16), nullable=False, server_default=""))
    with op.batch_alter_table("announcements_posts", schema=None) as batch_op:
        batch_op.alter_column("remark_by", server_default=None)
        batch_op.alter_column("handed", server_default=None)
    op.execute(sa.text("UPDATE announcements_posts SET pending_by = writer_id WHERE pending IS NOT NULL"))
    op.execute(sa.text("UPDATE announcements_posts SET remark_by = reviewer_name WHERE remark <> ''"))


def downgrade() -> None:
    # An approval that stands beside a change was not known: one of the two has to go.
    op.execute(
        sa.text("UPDATE announcements_posts SET writer_id = pending_by, approval = '' WHERE pending IS NOT NULL")
    )
    op.execute(sa.text("UPDATE announcements_posts SET reviewer_name = remark_by WHERE remark <> ''"))
    with op.batch_alter_table("announcements_posts", schema=None) as batch_op:
        batch_op.drop_column("handed")
        batch_op.drop_column("remark_by")
        batch_op.drop_column("pending_by")
