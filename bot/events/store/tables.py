"""The tables of events, sign-ups, their answers, and each group's settings."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Column,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    Text,
    UniqueConstraint,
)

from bot.db.schema import Instant, Serial, metadata

events = Table(
    "events_events",
    metadata,
    Column("id", Serial, primary_key=True, autoincrement=True),
    Column("group_id", BigInteger, nullable=False),
    Column("number", Integer, nullable=False),
    Column("title", String(200), nullable=False),
    Column("starts_at", Instant, nullable=False),
    Column("seats", Integer, nullable=True),
    Column("guests", Integer, nullable=False),
    Column("deadline", Instant, nullable=True),
    Column("place", Text, nullable=True),
    Column("state", String(16), nullable=False),
    Column("reason", Text, nullable=True),
    Column("created_by", BigInteger, nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("card_chat_id", BigInteger, nullable=True),
    Column("card_message_id", BigInteger, nullable=True),
    Column("list_chat_id", BigInteger, nullable=True),
    Column("list_message_id", BigInteger, nullable=True),
    Column("list_at", Instant, nullable=True),
    Column("details", Text, nullable=True),
    Column("sequence", Integer, nullable=False, server_default="0"),
    Column("series_id", BigInteger, nullable=True),
    UniqueConstraint("group_id", "number"),
    Index("ix_events_events_group_id_starts_at", "group_id", "starts_at"),
    Index("ix_events_events_series_id", "series_id"),
)

signups = Table(
    "events_signups",
    metadata,
    Column("event_id", BigInteger, ForeignKey("events_events.id", ondelete="CASCADE"), primary_key=True),
    Column("user_id", BigInteger, primary_key=True, autoincrement=False),
    Column("name", String(200), nullable=False),
    Column("state", String(16), nullable=False),
    Column("turn", Integer, nullable=False),
    Column("guests", Integer, nullable=False),
    Column("since", Instant, nullable=False),
    Column("notice", String(8), nullable=True),
    Column("rank", Integer, nullable=False, server_default="0"),
    Column("until", Instant, nullable=True),
    Column("confirmed", Instant, nullable=True),
    Column("added_by", BigInteger, nullable=True),
    Column("companions", Text, nullable=True),
    Column("presence", String(16), nullable=True),
    Column("present_at", Instant, nullable=True),
    Column("came_with", Integer, nullable=True),
    Column("paid", String(16), nullable=True),
    Index("ix_events_signups_event_id_state_turn", "event_id", "state", "turn"),
    Index("ix_events_signups_event_id_state_guests", "event_id", "state", "guests"),
    Index("ix_events_signups_user_id", "user_id"),
)

houses = Table(
    "events_houses",
    metadata,
    Column("group_id", BigInteger, primary_key=True, autoincrement=False),
    Column("settings", Text, nullable=False),
)

answers = Table(
    "events_answers",
    metadata,
    Column("event_id", BigInteger, ForeignKey("events_events.id", ondelete="CASCADE"), primary_key=True),
    Column("user_id", BigInteger, primary_key=True, autoincrement=False),
    Column("question", Text, nullable=False, primary_key=True),
    Column("answer", Text, nullable=False),
)
"""What people answered on signing up. The question stands in words: an organiser may change those of an event."""
