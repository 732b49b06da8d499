"""Files: kept bytes, their ids, and the Bot API objects that describe them."""

from __future__ import annotations

import mimetypes
import struct
import zlib
from typing import Any

from bot.sandbox.telegram.model import StoredFile
from bot.sandbox.telegram.world import World

MAX_DOWNLOAD = 20 * 1024 * 1024

EXTENSIONS = {
    "photo": ("photos", "jpg", "image/jpeg"),
    "video": ("videos", "mp4", "video/mp4"),
    "animation": ("animations", "mp4", "video/mp4"),
    "audio": ("music", "mp3", "audio/mpeg"),
    "voice": ("voice", "oga", "audio/ogg"),
    "video_note": ("video_notes", "mp4", "video/mp4"),
    "document": ("documents", "bin", "application/octet-stream"),
    "sticker": ("stickers", "webp", "image/webp"),
}
"""Kind of media to its folder, usual extension and type."""


def keep(
    world: World, kind: str, data: bytes, *, name: str | None = None, mime_type: str | None = None, **shape: Any
) -> StoredFile:
    """Keep bytes under a new file id."""
    number = world.number("file")
    folder, extension, usual = EXTENSIONS[kind]
    mime = mime_type or (mimetypes.guess_type(name)[0] if name else None) or usual
    if kind == "photo":
        extension = {"image/png": "png", "image/gif": "gif"}.get(mime, "jpg")
    elif name and "." in name:
        extension = name.rsplit(".", 1)[1]
    stored = StoredFile(
        file_id=f"{kind.upper()}-AgACAgIAAxkBAAI{number:08d}",
        unique_id=f"AQAD{number:08d}",
        kind=kind,
        data=data,
        name=name,
        mime_type=mime,
        path=f"{folder}/file_{number}.{extension}",
        shape=shape,
    )
    world.state.files[stored.file_id] = stored
    world.paths[stored.path] = stored.file_id
    return stored


def media_fields(stored: StoredFile, world: World) -> dict[str, Any]:
    """Return the field of a message that shows this file, such as ``{"document": {...}}``."""
    base: dict[str, Any] = {
        "file_id": stored.file_id,
        "file_unique_id": stored.unique_id,
        "file_size": len(stored.data),
    }
    width, height = image_size(stored.data) or (stored.shape.get("width", 640), stored.shape.get("height", 480))
    duration = stored.shape.get("duration", 1)
    named = {"mime_type": stored.mime_type} | ({"file_name": stored.name} if stored.name else {})
    match stored.kind:
        case "photo":
            return {"photo": [_thumbnail(stored, world, width, height), base | {"width": width, "height": height}]}
        case "video" | "animation":
            found = base | named | {"width": width, "height": height, "duration": duration}
            # Telegram shows an animation as a document too, for programs that do not know animations.
            extra = {"document": base | named} if stored.kind == "animation" else {}
            return {stored.kind: found, **extra}
        case "audio":
            titles = {key: stored.shape[key] for key in ("performer", "title") if key in stored.shape}
            return {"audio": base | named | titles | {"duration": duration}}
        case "voice":
            return {"voice": base | {"mime_type": stored.mime_type, "duration": duration}}
        case "video_note":
            return {"video_note": base | {"length": 240, "duration": duration}}
        case "sticker":
            emoji = stored.shape.get("emoji", "👍")
            shape = {"width": 512, "height": 512, "is_animated": False, "is_video": False}
            return {"sticker": base | shape | {"type": "regular", "emoji": emoji}}
        case _:
            return {"document": base | named}


def _thumbnail(stored: StoredFile, world: World, width: int, height: int) -> dict[str, Any]:
    file_id, scale = f"{stored.file_id}-s", max(1, max(width, height) // 90)
    thumb = StoredFile(file_id, f"{stored.unique_id}s", "photo", stored.data, path=stored.path)
    world.state.files.setdefault(file_id, thumb)
    return {
        "file_id": file_id,
        "file_unique_id": thumb.unique_id,
        "file_size": len(stored.data),
        "width": max(1, width // scale),
        "height": max(1, height // scale),
    }


def image_size(data: bytes) -> tuple[int, int] | None:
    """Read width and height from a PNG or GIF, ``None`` from anything else."""
    if data[:8] == b"\x89PNG\r\n\x1a\n" and len(data) >= 24:
        width, height = struct.unpack(">II", data[16:24])
        return int(width), int(height)
    if data[:4] == b"GIF8" and len(data) >= 10:
        width, height = struct.unpack("<HH", data[6:10])
        return int(width), int(height)
    return None


def sample(kind: str = "photo") -> tuple[str, bytes]:
    """Make up a small file of a kind: its name and its bytes (a PNG with a colour gradient for pictures)."""
    if kind in ("photo", "sticker"):
        return "sample.png", _png(64, 48)
    return f"sample.{EXTENSIONS[kind][1]}", b"A sample from the sandbox.\n"


def _png(width: int, height: int) -> bytes:
    rows = b"".join(
        b"\0" + b"".join(bytes((40 + 3 * x, 90 + 2 * y, 200 - 2 * x)) for x in range(width)) for y in range(height)
    )
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", header) + _chunk(b"IDAT", zlib.compress(rows)) + _chunk(b"IEND", b"")


def _chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
