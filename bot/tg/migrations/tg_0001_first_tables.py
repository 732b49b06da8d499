"""first tables"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "tg_0001"
down_revision = None
branch_labels = ("tg",)
depends_on = None


def upgrade() -> None:
    op.create_table(
        "tg_blobs",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False),
        sa.Column("data", sa.LargeBinary(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tg_blobs")),
    )
    op.create_table(
        "tg_cards",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("group_id", sa.BigInteger(), nullable=False),
        sa.Column("chat_id", sa.BigInteger(), nullable=False),
        sa.Column("message_id", sa.BigInteger(), nullable=True),
        sa.Column("look", sa.String(length=32), nullable=False),
        sa.Column("pinned", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tg_cards")),
    )
    with op.batch_alter_table("tg_cards", schema=None) as batch_op:
        batch_op.create_index("ix_tg_cards_chat_id", ["chat_id"], unique=False)
        batch_op.create_index("ix_tg_cards_kind_key", ["kind", "key"], unique=False)

    op.create_table(
        "tg_forms",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("user_id", sa.BigInteger(), nullable=False),
        sa.Column("chat_id", sa.BigInteger(), nullable=False),
        sa.Column("asked", sa.String(length=200), nullable=False),
        sa.Column("thread_id", sa.BigInteger(), nullable=True),
        sa.Column("group_id", sa.BigInteger(), nullable=True),
        sa.Column("name", sa.String(length=64), nullable=False),
        sa.Column("answers", sa.Text(), nullable=False),
        sa.Column("trail", sa.Text(), nullable=False),
        sa.Column("offers", sa.Text(), nullable=False),
        sa.Column("partial", sa.Text(), nullable=False),
        sa.Column("step", sa.Integer(), nullable=False),
        sa.Column("prompt_effect", sa.BigInteger(), nullable=False),
        sa.Column("prompt_message_id", sa.BigInteger(), nullable=True),
        sa.Column("origin_message_id", sa.BigInteger(), nullable=True),
        sa.Column("album", sa.String(length=64), nullable=True),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("expires_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tg_forms")),
        sa.UniqueConstraint("user_id", "chat_id", name=op.f("uq_tg_forms_user_id_chat_id")),
    )
    op.create_table(
        "tg_held",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("raw", sa.LargeBinary(), nullable=False),
        sa.Column("chat_id", sa.BigInteger(), nullable=False),
        sa.Column("user_id", sa.BigInteger(), nullable=True),
        sa.Column("group_id", sa.BigInteger(), nullable=True),
        sa.Column("expires_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tg_held")),
    )
    with op.batch_alter_table("tg_held", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_tg_held_expires_at"), ["expires_at"], unique=False)

    op.create_table(
        "tg_inbox",
        sa.Column("update_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("lane", sa.BigInteger(), nullable=False),
        sa.Column("raw", sa.LargeBinary(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("update_id", name=op.f("pk_tg_inbox")),
    )
    with op.batch_alter_table("tg_inbox", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_tg_inbox_lane"), ["lane"], unique=False)

    op.create_table(
        "tg_outbox",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False),
        sa.Column("chat_id", sa.BigInteger(), nullable=True),
        sa.Column("group_id", sa.BigInteger(), nullable=True),
        sa.Column("lane", sa.String(length=8), nullable=False),
        sa.Column("priority", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.Column("after_ids", sa.Text(), nullable=True),
        sa.Column("not_before", sa.BigInteger(), nullable=True),
        sa.Column("expires_at", sa.BigInteger(), nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("coalesce_key", sa.Text(), nullable=True),
        sa.Column("card_id", sa.BigInteger(), nullable=True),
        sa.Column("blob_id", sa.BigInteger(), nullable=True),
        sa.Column("is_send", sa.Boolean(), nullable=False),
        sa.Column("capability", sa.Text(), nullable=True),
        sa.Column("result_kind", sa.Text(), nullable=True),
        sa.Column("result_key", sa.Text(), nullable=True),
        sa.Column("result_due", sa.Boolean(), nullable=False),
        sa.Column("message_id", sa.BigInteger(), nullable=True),
        sa.Column("value", sa.Text(), nullable=True),
        sa.Column("refusal", sa.String(length=20), nullable=True),
        sa.Column("error", sa.Text(), nullable=True),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("done_at", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tg_outbox")),
    )
    with op.batch_alter_table("tg_outbox", schema=None) as batch_op:
        batch_op.create_index(
            "ix_tg_outbox_asleep",
            ["not_before"],
            unique=False,
            sqlite_where=sa.text("state = 'waiting' AND not_before IS NOT NULL"),
            postgresql_where=sa.text("state = 'waiting' AND not_before IS NOT NULL"),
        )
        batch_op.create_index(
            "ix_tg_outbox_claimed",
            ["id"],
            unique=False,
            sqlite_where=sa.text("state = 'claimed'"),
            postgresql_where=sa.text("state = 'claimed'"),
        )
        batch_op.create_index(
            "ix_tg_outbox_coalesce",
            ["coalesce_key"],
            unique=False,
            sqlite_where=sa.text("state = 'waiting' AND coalesce_key IS NOT NULL"),
            postgresql_where=sa.text("state = 'waiting' AND coalesce_key IS NOT NULL"),
        )
        batch_op.create_index(
            "ix_tg_outbox_done_at",
            ["done_at"],
            unique=False,
            sqlite_where=sa.text("done_at IS NOT NULL"),
            postgresql_where=sa.text("done_at IS NOT NULL"),
        )
        batch_op.create_index(
            "ix_tg_outbox_waiting",
            ["priority", "id"],
            unique=False,
            sqlite_where=sa.text("state = 'waiting'"),
            postgresql_where=sa.text("state = 'waiting'"),
        )

    op.create_table(
        "tg_quarantine",
        sa.Column("error_id", sa.Text(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("label", sa.Text(), nullable=False),
        sa.Column("raw", sa.LargeBinary(), nullable=True),
        sa.Column("error", sa.Text(), nullable=False),
        sa.Column("trace", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("error_id", name=op.f("pk_tg_quarantine")),
    )
    with op.batch_alter_table("tg_quarantine", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_tg_quarantine_at"), ["at"], unique=False)

    op.create_table(
        "tg_seen",
        sa.Column("first", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("last", sa.BigInteger(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("first", name=op.f("pk_tg_seen")),
    )


def downgrade() -> None:
    op.drop_table("tg_seen")
    with op.batch_alter_table("tg_quarantine", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_tg_quarantine_at"))

    op.drop_table("tg_quarantine")
    with op.batch_alter_table("tg_outbox", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_tg_outbox_waiting",
            sqlite_where=sa.text("state = 'waiting'"),
            postgresql_where=sa.text("state = 'waiting'"),
        )
        batch_op.drop_index(
            "ix_tg_outbox_done_at",
            sqlite_where=sa.text("done_at IS NOT NULL"),
            postgresql_where=sa.text("done_at IS NOT NULL"),
        )
        batch_op.drop_index(
            "ix_tg_outbox_coalesce",
            sqlite_where=sa.text("state = 'waiting' AND coalesce_key IS NOT NULL"),
            postgresql_where=sa.text("state = 'waiting' AND coalesce_key IS NOT NULL"),
        )
        batch_op.drop_index(
            "ix_tg_outbox_claimed",
            sqlite_where=sa.text("state = 'claimed'"),
            postgresql_where=sa.text("state = 'claimed'"),
        )
        batch_op.drop_index(
            "ix_tg_outbox_asleep",
            sqlite_where=sa.text("state = 'waiting' AND not_before IS NOT NULL"),
            postgresql_where=sa.text("state = 'waiting' AND not_before IS NOT NULL"),
        )

    op.drop_table("tg_outbox")
    with op.batch_alter_table("tg_inbox", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_tg_inbox_lane"))

    op.drop_table("tg_inbox")
    with op.batch_alter_table("tg_held", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_tg_held_expires_at"))

    op.drop_table("tg_held")
    op.drop_table("tg_forms")
    with op.batch_alter_table("tg_cards", schema=None) as batch_op:
        batch_op.drop_index("ix_tg_cards_kind_key")
        batch_op.drop_index("ix_tg_cards_chat_id")

    op.drop_table("tg_cards")
    op.drop_table("tg_blobs")
