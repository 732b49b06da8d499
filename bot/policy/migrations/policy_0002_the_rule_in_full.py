"""the rule in full"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "policy_0002"
down_revision = "policy_0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "policy_approved",
        sa.Column("group_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("user_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("user_name", sa.Text(), nullable=False),
        sa.Column("by_name", sa.Text(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("group_id", "user_id", name=op.f("pk_policy_approved")),
    )
    op.create_table(
        "policy_settings",
        sa.Column("group_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("samples", sa.Integer(), nullable=False),
        sa.Column("days", sa.Integer(), nullable=False),
        sa.Column("blocked", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("group_id", name=op.f("pk_policy_settings")),
    )
    with op.batch_alter_table("policy_rules", schema=None) as batch_op:
        batch_op.add_column(sa.Column("hours", sa.JSON(none_as_null=True), nullable=True))
        batch_op.add_column(sa.Column("new_days", sa.Integer(), nullable=False, server_default="0"))
        batch_op.add_column(sa.Column("spares_approved", sa.Boolean(), nullable=False, server_default=sa.true()))
        batch_op.add_column(sa.Column("sanction", sa.String(length=8), nullable=False, server_default="none"))
        batch_op.add_column(sa.Column("points", sa.Integer(), nullable=False, server_default="1"))
        batch_op.add_column(sa.Column("at_once", sa.Boolean(), nullable=False, server_default=sa.false()))
        batch_op.add_column(sa.Column("hint", sa.Text(), nullable=False, server_default=""))
    _carry_over()
    with op.batch_alter_table("policy_rules", schema=None) as batch_op:
        batch_op.drop_column("whom")
        for name in ("new_days", "spares_approved", "sanction", "points", "at_once", "hint"):
            batch_op.alter_column(name, server_default=None)
    with op.batch_alter_table("policy_seen", schema=None) as batch_op:
        batch_op.add_column(sa.Column("sample_until", sa.BigInteger(), nullable=True))
    op.execute(sa.text("UPDATE policy_seen SET sample_until = at + 604800000 WHERE sample <> ''"))


def _carry_over() -> None:
    """Say what was set before by what takes its place."""
    op.execute(sa.text("UPDATE policy_rules SET new_days = 7 WHERE whom = 'new'"))
    for name, days in (("weekdays", "[0, 1, 2, 3, 4]"), ("weekend", "[5, 6]")):
        hours = '{"start": "00:00:00", "end": "00:00:00", "weekdays": ' + days + "}"
        op.execute(
            sa.text(
                "UPDATE policy_rules SET held_when = 'hours', hours = CAST(:hours AS JSON) WHERE held_when = :name"
            ).bindparams(hours=hours, name=name)
            if op.get_bind().dialect.name == "postgresql"
            else sa.text(
                "UPDATE policy_rules SET held_when = 'hours', hours = :hours WHERE held_when = :name"
            ).bindparams(hours=hours, name=name)
        )


def downgrade() -> None:
    with op.batch_alter_table("policy_seen", schema=None) as batch_op:
        batch_op.drop_column("sample_until")
    with op.batch_alter_table("policy_rules", schema=None) as batch_op:
        batch_op.add_column(sa.Column("whom", sa.String(length=12), nullable=False, server_default="everybody"))
    op.execute(sa.text("UPDATE policy_rules SET whom = 'new' WHERE new_days > 0"))
    op.execute(sa.text("UPDATE policy_rules SET held_when = 'always' WHERE held_when = 'hours'"))
    with op.batch_alter_table("policy_rules", schema=None) as batch_op:
        batch_op.alter_column("whom", server_default=None)
        for name in ("hint", "at_once", "points", "sanction", "spares_approved", "new_days", "hours"):
            batch_op.drop_column(name)
    op.drop_table("policy_settings")
    op.drop_table("policy_approved")
