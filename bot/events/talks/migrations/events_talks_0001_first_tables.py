"""first tables"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "events_talks_0001"
down_revision = None
branch_labels = ("events_talks",)
depends_on = "events_0002"


def upgrade() -> None:
    op.create_table(
        "events_talks_speakers",
        sa.Column("event_id", sa.BigInteger(), nullable=False),
        sa.Column("place", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("user_id", sa.BigInteger(), nullable=True),
        sa.Column("answer", sa.String(length=16), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("asked_for", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(
            ["event_id"],
            ["events_events.id"],
            name=op.f("fk_events_talks_speakers_event_id_events_events"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("event_id", "place", name=op.f("pk_events_talks_speakers")),
    )
    op.create_table(
        "events_talks_questions",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("event_id", sa.BigInteger(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("author_id", sa.BigInteger(), nullable=False),
        sa.Column("author", sa.String(length=200), nullable=False),
        sa.Column("anonymous", sa.Boolean(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("standing", sa.String(length=16), nullable=False),
        sa.Column("merged_into", sa.BigInteger(), nullable=True),
        sa.Column("asked_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["event_id"],
            ["events_events.id"],
            name=op.f("fk_events_talks_questions_event_id_events_events"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_events_talks_questions")),
        sa.UniqueConstraint("event_id", "number", name=op.f("uq_events_talks_questions_event_id_number")),
    )
    op.create_table(
        "events_talks_votes",
        sa.Column("question_id", sa.BigInteger(), nullable=False),
        sa.Column("user_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(
            ["question_id"],
            ["events_talks_questions.id"],
            name=op.f("fk_events_talks_votes_question_id_events_talks_questions"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("question_id", "user_id", name=op.f("pk_events_talks_votes")),
    )


def downgrade() -> None:
    op.drop_table("events_talks_votes")
    op.drop_table("events_talks_questions")
    op.drop_table("events_talks_speakers")
