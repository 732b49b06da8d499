"""The tables of cases, ladders, settings and held warnings."""

from __future__ import annotations

from sqlalchemy import JSON, BigInteger, Boolean, Column, Index, Integer, String, Table, Text, UniqueConstraint, false

from bot.db.schema import Instant, Serial, metadata

cases = Table(
    "violations_cases",
    metadata,
    Column("id", Serial, primary_key=True, autoincrement=True),
    Column("group_id", BigInteger, nullable=False),
    Column("number", Integer, nullable=False),
    Column("user_id", BigInteger, nullable=False),
    Column("user_name", String(200), nullable=False),
    Column("issuer_id", BigInteger, nullable=False),
    Column("issuer_name", String(200), nullable=False),
    Column("issued_at", Instant, nullable=False),
    Column("reason", Text, nullable=False),
    Column("level", Integer, nullable=False),
    Column("rung", String(16), nullable=False),
    Column("mute_seconds", Integer, nullable=True),
    Column("mute_until", Instant, nullable=True),
    Column("state", String(16), nullable=False),
    Column("why", String(16), nullable=True),
    Column("evidence", JSON(none_as_null=True), nullable=True),
    Column("undone_at", Instant, nullable=True),
    Column("undone_by", BigInteger, nullable=True),
    Column("undone_name", String(200), nullable=True),
    Column("decided_by", BigInteger, nullable=True),
    Column("decided_name", String(200), nullable=True),
    Column("expires_at", Instant, nullable=False),
    Column("rule", String(16), nullable=False, server_default=""),
    Column("rule_title", String(200), nullable=False, server_default=""),
    Column("track", String(16), nullable=False, server_default=""),
    Column("points", Integer, nullable=False, server_default="1"),
    Column("automatic", Boolean, nullable=False, server_default=false()),
    Column("department", String(64), nullable=False, server_default=""),
    Column("further", Integer, nullable=False, server_default="0"),
    Column("follows", Integer, nullable=False, server_default="0"),
    Column("leave_by", Instant, nullable=True),
    Column("left_at", Instant, nullable=True),
    UniqueConstraint("group_id", "number"),
    Index("ix_violations_cases_group_id_user_id", "group_id", "user_id"),
    Index("ix_violations_cases_user_id", "user_id"),
)

ladders = Table(
    "violations_ladders",
    metadata,
    Column("group_id", BigInteger, primary_key=True, autoincrement=False),
    Column("track", String(16), primary_key=True, server_default=""),
    Column("steps", JSON, nullable=False),
)
"""The ladders that groups set: their own under an empty ``track``, that of a rule under its code."""

settings = Table(
    "violations_settings",
    metadata,
    Column("group_id", BigInteger, primary_key=True, autoincrement=False),
    Column("expiry_days", Integer, nullable=False),
    Column("clean_days", Integer, nullable=True),
    Column("daily_cap", Integer, nullable=True),
    Column("points", Boolean, nullable=False),
    Column("second", Boolean, nullable=False),
    Column("hidden", Boolean, nullable=False),
    Column("leave_hours", Integer, nullable=True),
)

held = Table(
    "violations_held",
    metadata,
    Column("id", Serial, primary_key=True, autoincrement=True),
    Column("group_id", BigInteger, nullable=False),
    Column("issuer_id", BigInteger, nullable=False),
    Column("held_at", Instant, nullable=False),
    Column("ask", JSON, nullable=False),
)
