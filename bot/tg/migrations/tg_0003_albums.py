"""albums"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "tg_0003"
down_revision = "tg_0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "tg_albums",
        sa.Column("chat_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("message_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("album", sa.String(length=64), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("file_id", sa.Text(), nullable=False),
        sa.Column("html", sa.Text(), nullable=False),
        sa.Column("taken", sa.Boolean(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("chat_id", "message_id", name=op.f("pk_tg_albums")),
    )
    op.create_index("ix_tg_albums_chat_id_album", "tg_albums", ["chat_id", "album"], unique=False)
    op.create_index("ix_tg_albums_at", "tg_albums", ["at"], unique=False)


def downgrade() -> None:
    op.drop_index("ix_tg_albums_at", table_name="tg_albums")
    op.drop_index("ix_tg_albums_chat_id_album", table_name="tg_albums")
    op.drop_table("tg_albums")
