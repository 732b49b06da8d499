"""People, members, moves, roles."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "members_0001"
down_revision = None
branch_labels = ("members",)
depends_on = None


def upgrade() -> None:
    op.create_table(
        "members_admins_age",
        sa.Column("group_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("refreshed_at", sa.BigInteger(), nullable=True),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("member_count", sa.Integer(), nullable=True),
        sa.PrimaryKeyConstraint("group_id", name=op.f("pk_members_admins_age")),
    )
    op.create_table(
        "members_members",
        sa.Column("group_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("user_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("status", sa.String(length=16), nullable=False),
        sa.Column("is_admin", sa.Boolean(), nullable=False),
        sa.Column("is_creator", sa.Boolean(), nullable=False),
        sa.Column("admin_rights", sa.Text(), nullable=True),
        sa.Column("tag", sa.Text(), nullable=True),
        sa.Column("custom_title", sa.Text(), nullable=True),
        sa.Column("joined_at", sa.BigInteger(), nullable=True),
        sa.Column("left_at", sa.BigInteger(), nullable=True),
        sa.Column("last_seen_day", sa.Integer(), nullable=False),
        sa.Column("added_by", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("group_id", "user_id", name=op.f("pk_members_members")),
    )
    with op.batch_alter_table("members_members", schema=None) as batch_op:
        batch_op.create_index("ix_members_members_user_id", ["user_id"], unique=False)

    op.create_table(
        "members_moves",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("group_id", sa.BigInteger(), nullable=False),
        sa.Column("user_id", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("by", sa.BigInteger(), nullable=True),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_members_moves")),
    )
    with op.batch_alter_table("members_moves", schema=None) as batch_op:
        batch_op.create_index("ix_members_moves_group_id_at", ["group_id", "at"], unique=False)
        batch_op.create_index("ix_members_moves_group_id_user_id", ["group_id", "user_id"], unique=False)

    op.create_table(
        "members_people",
        sa.Column("user_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("first_name", sa.Text(), nullable=False),
        sa.Column("last_name", sa.Text(), nullable=True),
        sa.Column("username", sa.Text(), nullable=True),
        sa.Column("username_key", sa.Text(), nullable=True),
        sa.Column("name_key", sa.Text(), nullable=False),
        sa.Column("language_code", sa.Text(), nullable=True),
        sa.Column("is_bot", sa.Boolean(), nullable=False),
        sa.Column("locale", sa.Text(), nullable=True),
        sa.Column("seen_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("user_id", name=op.f("pk_members_people")),
    )
    with op.batch_alter_table("members_people", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_members_people_name_key"), ["name_key"], unique=False)
        batch_op.create_index(batch_op.f("ix_members_people_username_key"), ["username_key"], unique=False)

    op.create_table(
        "members_roles",
        sa.Column("group_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("user_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("role", sa.String(length=32), nullable=False),
        sa.Column("granted_by", sa.BigInteger(), nullable=True),
        sa.Column("granted_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("group_id", "user_id", "role", name=op.f("pk_members_roles")),
    )


def downgrade() -> None:
    op.drop_table("members_roles")
    with op.batch_alter_table("members_people", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_members_people_username_key"))
        batch_op.drop_index(batch_op.f("ix_members_people_name_key"))

    op.drop_table("members_people")
    with op.batch_alter_table("members_moves", schema=None) as batch_op:
        batch_op.drop_index("ix_members_moves_group_id_user_id")
        batch_op.drop_index("ix_members_moves_group_id_at")

    op.drop_table("members_moves")
    with op.batch_alter_table("members_members", schema=None) as batch_op:
        batch_op.drop_index("ix_members_members_user_id")

    op.drop_table("members_members")
    op.drop_table("members_admins_age")
