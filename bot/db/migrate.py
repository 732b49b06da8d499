"""Bring a database up to the newest schema. Each package with tables keeps its own ``migrations`` folder (one branch)."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy import Connection, MetaData
    from sqlalchemy.ext.asyncio import AsyncConnection

    from bot.db.engine import Database

ENVIRONMENT = Path(__file__).parent / "alembic_env"


def folders(root: Path) -> list[Path]:
    """Return every ``migrations`` folder below ``root``, in a stable order."""
    return sorted(path for path in root.rglob("migrations") if path.is_dir())


def config_for(
    locations: Sequence[Path], metadata: MetaData | None = None, connection: Connection | None = None
) -> Config:
    """Return Alembic's settings: where the migrations lie, and on which connection they run, if any do."""
    config = Config()
    config.set_main_option("script_location", str(ENVIRONMENT))
    config.set_main_option("path_separator", "newline")
    config.set_main_option("version_locations", "\n".join(str(path) for path in locations))
    config.attributes["metadata"] = metadata
    config.attributes["connection"] = connection
    return config


async def upgrade(database: Database, locations: Sequence[Path], metadata: MetaData) -> None:
    """Run what is missing.

    On SQLite foreign keys are off meanwhile (a batch migration drops and rebuilds a table, and the cascade would delete its
    children) and checked afterwards.

    :raises RuntimeError: if a foreign key points nowhere after the migration.
    """
    async with database.connection() as conn:
        sqlite = database.dialect == "sqlite"
        if sqlite:
            await _foreign_keys(conn, on=False)
        await conn.run_sync(lambda sync: command.upgrade(config_for(locations, metadata, sync), "heads"))
        if sqlite:
            broken = (await conn.exec_driver_sql("PRAGMA foreign_key_check")).fetchall()
            if broken:
                await conn.rollback()
                raise RuntimeError(f"after the migration {len(broken)} foreign keys point nowhere")
        await conn.commit()
        if sqlite:
            await _foreign_keys(conn, on=True)


async def _foreign_keys(conn: AsyncConnection, *, on: bool) -> None:
    """Switch foreign keys outside of a transaction: inside of one SQLite ignores it."""

    def switch(sync: Connection) -> None:
        cursor = sync.connection.cursor()
        cursor.execute(f"PRAGMA foreign_keys={'ON' if on else 'OFF'}")
        cursor.close()

    await conn.run_sync(switch)


async def differences(database: Database, metadata: MetaData) -> list[object]:
    """Return how the database differs from ``metadata``: empty when the migrations are complete."""
    async with database.connection() as conn:
        found = await conn.run_sync(lambda sync: compare_metadata(MigrationContext.configure(sync), metadata))
    return [item for item in found if not _is_alembics_own(item)]


def _is_alembics_own(item: object) -> bool:
    return isinstance(item, tuple) and item[0] == "remove_table" and item[1].name == "alembic_version"


async def create_revision(
    database: Database, location: Path, metadata: MetaData, label: str, number: str, message: str
) -> None:
    """Write the next migration of one branch from what differs; for developers (``python -m tests.db.write_migration``)."""
    everywhere = folders(ENVIRONMENT.parent.parent)
    async with database.connection() as conn:

        def write(sync: Connection) -> None:
            config = config_for(sorted({*everywhere, location}), metadata, sync)
            config.attributes["label"] = label
            first = not any(location.glob("*.py"))
            command.revision(
                config,
                message=message,
                autogenerate=True,
                version_path=str(location),
                rev_id=f"{label}_{number}",
                head="base" if first else f"{label}@head",
                branch_label=label if first else None,
            )

        await conn.run_sync(write)
