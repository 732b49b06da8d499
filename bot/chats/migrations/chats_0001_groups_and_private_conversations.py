"""Groups and private conversations."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "chats_0001"
down_revision = None
branch_labels = ("chats",)
depends_on = None

_serial = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "chats_groups",
        sa.Column("id", _serial, nullable=False),
        sa.Column("chat_id", sa.BigInteger()),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("locale", sa.Text(), nullable=False),
        sa.Column("zone", sa.Text(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("is_forum", sa.Boolean(), nullable=False),
        sa.Column("label", sa.Text()),
        sa.Column("managers_chat_id", sa.BigInteger()),
        sa.Column("topics", sa.JSON(), nullable=False),
        sa.Column("quiet", sa.JSON(), nullable=False),
        sa.Column("holidays", sa.JSON(), nullable=False),
        sa.Column("bot_status", sa.Text(), nullable=False),
        sa.Column("bot_rights", sa.JSON(none_as_null=True)),
        sa.Column("bot_rights_at", sa.BigInteger()),
        sa.Column("added_by", sa.BigInteger()),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("set_up_at", sa.BigInteger()),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_chats_groups")),
        sa.UniqueConstraint("chat_id", name=op.f("uq_chats_groups_chat_id")),
    )
    op.create_table(
        "chats_former_ids",
        sa.Column("chat_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("group_id", _serial, nullable=False),
        sa.ForeignKeyConstraint(
            ["group_id"],
            ["chats_groups.id"],
            name=op.f("fk_chats_former_ids_group_id_chats_groups"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("chat_id", name=op.f("pk_chats_former_ids")),
    )
    op.create_index(op.f("ix_chats_former_ids_group_id"), "chats_former_ids", ["group_id"])
    op.create_table(
        "chats_private",
        sa.Column("user_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("reachable", sa.Boolean(), nullable=False),
        sa.Column("focus_group_id", _serial),
        sa.ForeignKeyConstraint(
            ["focus_group_id"],
            ["chats_groups.id"],
            name=op.f("fk_chats_private_focus_group_id_chats_groups"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("user_id", name=op.f("pk_chats_private")),
    )
    op.create_index(op.f("ix_chats_private_focus_group_id"), "chats_private", ["focus_group_id"])


def downgrade() -> None:
    op.drop_table("chats_private")
    op.drop_table("chats_former_ids")
    op.drop_table("chats_groups")
