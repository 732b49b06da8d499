"""rules tracks settings"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "violations_0002"
down_revision = "violations_0001"
branch_labels = None
depends_on = None

_THIRTY_DAYS = 30 * 24 * 60 * 60 * 1000
_LADDERS = sa.table("violations_ladders", sa.column("group_id"), sa.column("track"), sa.column("steps", sa.JSON()))


def upgrade() -> None:
    op.create_table(
        "violations_settings",
        sa.Column("group_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("expiry_days", sa.Integer(), nullable=False),
        sa.Column("clean_days", sa.Integer(), nullable=True),
        sa.Column("daily_cap", sa.Integer(), nullable=True),
        sa.Column("points", sa.Boolean(), nullable=False),
        sa.Column("second", sa.Boolean(), nullable=False),
        sa.Column("hidden", sa.Boolean(), nullable=False),
        sa.Column("leave_hours", sa.Integer(), nullable=True),
        sa.PrimaryKeyConstraint("group_id", name=op.f("pk_violations_settings")),
    )
    with op.batch_alter_table("violations_cases", schema=None) as batch_op:
        batch_op.add_column(sa.Column("expires_at", sa.BigInteger(), nullable=True))
        batch_op.add_column(sa.Column("rule", sa.String(length=16), server_default="", nullable=False))
        batch_op.add_column(sa.Column("rule_title", sa.String(length=200), server_default="", nullable=False))
        batch_op.add_column(sa.Column("track", sa.String(length=16), server_default="", nullable=False))
        batch_op.add_column(sa.Column("points", sa.Integer(), server_default="1", nullable=False))
        batch_op.add_column(sa.Column("automatic", sa.Boolean(), server_default=sa.false(), nullable=False))
        batch_op.add_column(sa.Column("department", sa.String(length=64), server_default="", nullable=False))
        batch_op.add_column(sa.Column("further", sa.Integer(), server_default="0", nullable=False))
        batch_op.add_column(sa.Column("follows", sa.Integer(), server_default="0", nullable=False))
        batch_op.add_column(sa.Column("leave_by", sa.BigInteger(), nullable=True))
        batch_op.add_column(sa.Column("left_at", sa.BigInteger(), nullable=True))

    # Until now every case counted for thirty days.
    cases = sa.table("violations_cases", sa.column("issued_at"), sa.column("expires_at"))
    op.execute(sa.update(cases).values(expires_at=cases.c.issued_at + _THIRTY_DAYS))
    with op.batch_alter_table("violations_cases", schema=None) as batch_op:
        batch_op.alter_column("expires_at", existing_type=sa.BigInteger(), nullable=False)

    _make_ladders_anew(
        sa.Column("group_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("track", sa.String(length=16), server_default="", nullable=False),
        sa.Column("steps", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("group_id", "track", name=op.f("pk_violations_ladders")),
    )


def downgrade() -> None:
    op.execute(sa.delete(_LADDERS).where(_LADDERS.c.track != ""))
    _make_ladders_anew(
        sa.Column("group_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("steps", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("group_id", name=op.f("pk_violations_ladders")),
    )
    with op.batch_alter_table("violations_cases", schema=None) as batch_op:
        batch_op.drop_column("left_at")
        batch_op.drop_column("leave_by")
        batch_op.drop_column("follows")
        batch_op.drop_column("further")
        batch_op.drop_column("department")
        batch_op.drop_column("automatic")
        batch_op.drop_column("points")
        batch_op.drop_column("track")
        batch_op.drop_column("rule_title")
        batch_op.drop_column("rule")
        batch_op.drop_column("expires_at")

    op.drop_table("violations_settings")


def _make_ladders_anew(*columns: sa.schema.SchemaItem) -> None:
    """Give the table another key, and keep what it holds."""
    kept = op.get_bind().execute(sa.select(_LADDERS.c.group_id, _LADDERS.c.steps)).all()
    op.drop_table("violations_ladders")
    op.create_table("violations_ladders", *columns)
    if kept:
        rows = [{"group_id": row.group_id, "steps": row.steps} for row in kept]
        ladders = sa.table("violations_ladders", sa.column("group_id"), sa.column("steps", sa.JSON()))
        op.bulk_insert(ladders, rows)
