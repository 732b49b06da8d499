"""first tables"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "violations_0001"
down_revision = None
branch_labels = ("violations",)
depends_on = None


def upgrade() -> None:
    op.create_table(
        "violations_cases",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("group_id", sa.BigInteger(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.BigInteger(), nullable=False),
        sa.Column("user_name", sa.String(length=200), nullable=False),
        sa.Column("issuer_id", sa.BigInteger(), nullable=False),
        sa.Column("issuer_name", sa.String(length=200), nullable=False),
        sa.Column("issued_at", sa.BigInteger(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("level", sa.Integer(), nullable=False),
        sa.Column("rung", sa.String(length=16), nullable=False),
        sa.Column("mute_seconds", sa.Integer(), nullable=True),
        sa.Column("mute_until", sa.BigInteger(), nullable=True),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("why", sa.String(length=16), nullable=True),
        sa.Column("evidence", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("undone_at", sa.BigInteger(), nullable=True),
        sa.Column("undone_by", sa.BigInteger(), nullable=True),
        sa.Column("undone_name", sa.String(length=200), nullable=True),
        sa.Column("decided_by", sa.BigInteger(), nullable=True),
        sa.Column("decided_name", sa.String(length=200), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_violations_cases")),
        sa.UniqueConstraint("group_id", "number", name=op.f("uq_violations_cases_group_id_number")),
    )
    with op.batch_alter_table("violations_cases", schema=None) as batch_op:
        batch_op.create_index("ix_violations_cases_group_id_issued_at", ["group_id", "issued_at"], unique=False)
        batch_op.create_index("ix_violations_cases_group_id_user_id", ["group_id", "user_id"], unique=False)

    op.create_table(
        "violations_held",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("group_id", sa.BigInteger(), nullable=False),
        sa.Column("issuer_id", sa.BigInteger(), nullable=False),
        sa.Column("held_at", sa.BigInteger(), nullable=False),
        sa.Column("ask", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_violations_held")),
    )
    op.create_table(
        "violations_ladders",
        sa.Column("group_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("steps", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("group_id", name=op.f("pk_violations_ladders")),
    )


def downgrade() -> None:
    op.drop_table("violations_ladders")
    op.drop_table("violations_held")
    with op.batch_alter_table("violations_cases", schema=None) as batch_op:
        batch_op.drop_index("ix_violations_cases_group_id_user_id")
        batch_op.drop_index("ix_violations_cases_group_id_issued_at")

    op.drop_table("violations_cases")
