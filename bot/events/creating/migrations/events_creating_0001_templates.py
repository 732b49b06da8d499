"""templates"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "events_creating_0001"
down_revision = None
branch_labels = ("events_creating",)
depends_on = None


def upgrade() -> None:
    op.create_table(
        "events_creating_templates",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("group_id", sa.BigInteger(), nullable=False),
        sa.Column("key", sa.String(length=80), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("starts_at", sa.BigInteger(), nullable=False),
        sa.Column("seats", sa.Integer(), nullable=True),
        sa.Column("guests", sa.Integer(), nullable=False),
        sa.Column("deadline", sa.BigInteger(), nullable=True),
        sa.Column("place", sa.Text(), nullable=True),
        sa.Column("details", sa.Text(), nullable=True),
        sa.Column("created_by", sa.BigInteger(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_events_creating_templates")),
        sa.UniqueConstraint("group_id", "key", name=op.f("uq_events_creating_templates_group_id_key")),
    )
