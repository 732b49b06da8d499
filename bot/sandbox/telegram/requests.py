"""HTTP requests read into the parameters of a call."""

from __future__ import annotations

import json
from typing import Any

from aiohttp import BodyPartReader, web

from bot.sandbox.telegram.errors import bad_request
from bot.sandbox.telegram.params import Params, Upload


async def read(request: web.Request) -> Params:
    """Read query, form, JSON or multipart.

    :raises ApiError: if the body is not what its type says.
    """
    values: dict[str, Any] = dict(request.query)
    files: dict[str, Upload] = {}
    kind = request.content_type
    if request.method != "POST" or not request.body_exists:
        return Params(values)
    if kind == "application/json":
        values |= await _json(request)
    elif kind.startswith("multipart/"):
        await _multipart(request, values, files)
    else:
        values |= {name: value for name, value in (await request.post()).items() if isinstance(value, str)}
    return Params(values, files)


async def _json(request: web.Request) -> dict[str, Any]:
    try:
        found = json.loads(await request.read() or b"{}")
    except ValueError as error:
        raise bad_request("can't parse JSON request") from error
    if not isinstance(found, dict):
        raise bad_request("can't parse JSON request: Object expected")
    return found


async def _multipart(request: web.Request, values: dict[str, Any], files: dict[str, Upload]) -> None:
    try:
        async for part in await request.multipart():
            if not isinstance(part, BodyPartReader) or part.name is None:
                continue
            data = bytes(await part.read(decode=True))
            if part.filename is None:
                values[part.name] = data.decode("utf-8", "replace")
            else:
                files[part.name] = Upload(part.filename, data, part.headers.get("Content-Type"))
    except ValueError as error:
        raise bad_request("can't parse multipart request") from error
