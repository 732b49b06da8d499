"""first tables"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "violations_appeals_0001"
down_revision = None
branch_labels = ("violations_appeals",)
depends_on = ("violations_0001",)


def upgrade() -> None:
    op.create_table(
        "violations_appeals_dues",
        sa.Column("group_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("hours", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("group_id", name=op.f("pk_violations_appeals_dues")),
    )
    op.create_table(
        "violations_appeals",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("group_id", sa.BigInteger(), nullable=False),
        sa.Column("case_id", sa.BigInteger(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.BigInteger(), nullable=False),
        sa.Column("user_name", sa.String(length=200), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("filed_at", sa.BigInteger(), nullable=False),
        sa.Column("due_at", sa.BigInteger(), nullable=False),
        sa.Column("phase", sa.String(length=16), nullable=False),
        sa.Column("added", sa.Text(), nullable=False),
        sa.Column("added_at", sa.BigInteger(), nullable=True),
        sa.Column("decided_by", sa.BigInteger(), nullable=True),
        sa.Column("decided_name", sa.String(length=200), nullable=True),
        sa.Column("decided_at", sa.BigInteger(), nullable=True),
        sa.Column("alone", sa.Boolean(), nullable=False),
        sa.Column("remark", sa.Text(), nullable=False),
        sa.Column("until", sa.BigInteger(), nullable=True),
        sa.Column("step", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("instead", sa.BigInteger(), nullable=True),
        sa.Column("link", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"],
            ["violations_cases.id"],
            name=op.f("fk_violations_appeals_case_id_violations_cases"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_violations_appeals")),
        sa.UniqueConstraint("case_id", "round", name=op.f("uq_violations_appeals_case_id_round")),
    )
    with op.batch_alter_table("violations_appeals", schema=None) as batch_op:
        batch_op.create_index(
            "ix_violations_appeals_group_id_phase_due_at", ["group_id", "phase", "due_at"], unique=False
        )
        batch_op.create_index("ix_violations_appeals_instead", ["instead"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("violations_appeals", schema=None) as batch_op:
        batch_op.drop_index("ix_violations_appeals_instead")
        batch_op.drop_index("ix_violations_appeals_group_id_phase_due_at")

    op.drop_table("violations_appeals")
    op.drop_table("violations_appeals_dues")
