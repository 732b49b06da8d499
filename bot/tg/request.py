"""Requests to the Bot API over aiohttp, one session for all of them.

An error never carries the URL: the token is a part of it.
"""

from __future__ import annotations

import re
from datetime import timedelta
from http import HTTPStatus
from typing import TYPE_CHECKING

import aiohttp
import msgspec
from telegram.error import NetworkError, RetryAfter, TelegramError, TimedOut
from telegram.request import BaseRequest

if TYPE_CHECKING:
    from telegram._utils.types import ODVInput
    from telegram.request import RequestData

_TOKEN = re.compile(r"\d+(:|%3A)[\w-]{3,}", re.IGNORECASE)
_MEDIA_SECONDS = 60.0
_FILES = "/file/bot"
"""A part of the address of every file: what comes from there is the file itself, and no answer in JSON."""


class NotSent(NetworkError):
    """The request surely never reached Telegram: there was no connection to send it on."""


class TooMany(RetryAfter):
    """Telegram wants us to wait so many seconds; nothing was done.

    Made without PTB's own constructor, which warns about the type of an attribute that nobody reads here.
    """

    def __init__(self, seconds: float) -> None:
        TelegramError.__init__(self, f"too many requests, retry after {seconds:g} s")
        self._retry_after = timedelta(seconds=seconds)
        self.seconds = seconds


class AiohttpRequest(BaseRequest):
    """PTB's way out.

    ``read_timeout``, ``connect_timeout`` and the write time-out are in seconds; a call lasts at most their sum.

    :raises NotSent: if no connection could be made.
    :raises TooMany: if Telegram asks for patience.
    :raises telegram.error.TimedOut: if no answer came in time; what was asked for may have been done.
    :raises telegram.error.NetworkError: if the connection broke, or somebody else than Telegram answered; what was asked for
        may have been done.
    """

    def __init__(
        self,
        *,
        connect_timeout: float = 5.0,
        read_timeout: float = 10.0,
        write_timeout: float = 10.0,
        connections: int = 100,
    ) -> None:
        self._connect = connect_timeout
        self._read = read_timeout
        self._write = write_timeout
        self._connections = connections
        self._session: aiohttp.ClientSession | None = None

    @property
    def read_timeout(self) -> float | None:
        """The default time to wait for an answer, in seconds."""
        return self._read

    @property
    def session(self) -> aiohttp.ClientSession:
        """The session that all requests share.

        :raises RuntimeError: before ``initialize`` and after ``shutdown``.
        """
        if self._session is None or self._session.closed:
            raise RuntimeError("this request is not initialized")
        return self._session

    async def initialize(self) -> None:
        """Open the session; calling it again does nothing."""
        if self._session is None or self._session.closed:
            connector = aiohttp.TCPConnector(limit=self._connections, ttl_dns_cache=300)
            self._session = aiohttp.ClientSession(
                connector=connector, cookie_jar=aiohttp.DummyCookieJar(), headers={"User-Agent": self.USER_AGENT}
            )

    async def shutdown(self) -> None:
        """Close the session; calling it again does nothing."""
        if self._session is not None:
            await self._session.close()
            self._session = None

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,
        write_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,
        connect_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,
        pool_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,  # noqa: ARG002  (PTB's signature)
    ) -> tuple[int, bytes]:
        """Send one request and return the HTTP status and the body."""
        has_files = request_data is not None and request_data.contains_files
        limits = self._limits(
            _seconds(read_timeout, self._read),
            _seconds(write_timeout, _MEDIA_SECONDS if has_files else self._write),
            _seconds(connect_timeout, self._connect),
        )
        failure: TelegramError
        try:
            async with self.session.request(method, url, data=_form(request_data), timeout=limits) as response:
                status, body = response.status, await response.read()
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            failure = _translated(error)
        else:
            if status == HTTPStatus.TOO_MANY_REQUESTS:
                failure = TooMany(_patience(body))
            elif body.lstrip()[:1] == b"{" or (status == HTTPStatus.OK and _FILES in url):
                return status, body
            else:
                # A proxy's page, or nothing: PTB would log a traceback of its own and repeat the page in its error.
                failure = NetworkError(f"HTTP {status}, and the answer is not Telegram's")
        # Raised outside of the handler: an error of aiohttp that hung on to it as its context could show the URL.
        raise failure

    @staticmethod
    def _limits(read: float | None, write: float | None, connect: float | None) -> aiohttp.ClientTimeout:
        whole = None if None in {read, write, connect} else sum(part or 0.0 for part in (read, write, connect))
        return aiohttp.ClientTimeout(total=whole, connect=connect, sock_connect=connect, sock_read=read)


def _seconds(value: ODVInput[float], default: float | None) -> float | None:
    return value if value is None or isinstance(value, int | float) else default


def _form(request_data: RequestData | None) -> aiohttp.FormData | dict[str, str] | None:
    if request_data is None:
        return None
    if not request_data.contains_files:
        return request_data.json_parameters
    # Unquoted: Telegram shows a quoted name as it stands, %E5%90%8D. Then nothing in it may end the header's line.
    form = aiohttp.FormData(quote_fields=False)
    for name, value in request_data.json_parameters.items():
        form.add_field(name, value)
    for part, (filename, content, mime) in (request_data.multipart_data or {}).items():
        printable = "".join(char for char in filename or "" if char.isprintable())
        form.add_field(part, content, filename=printable or "file", content_type=mime)
    return form


def _translated(error: Exception) -> TelegramError:
    name = type(error).__name__
    if isinstance(error, aiohttp.ClientConnectorError | aiohttp.ConnectionTimeoutError):
        return NotSent(f"no connection ({name})")
    if isinstance(error, TimeoutError):
        return TimedOut(f"no answer in time ({name})")
    if isinstance(error, aiohttp.InvalidURL):
        return NotSent(f"not a valid address ({name})")
    return NetworkError(f"the connection broke ({name}: {_TOKEN.sub('<token>', str(error))})")


class _Parameters(msgspec.Struct):
    retry_after: float = 1.0


class _Answer(msgspec.Struct):
    parameters: _Parameters = msgspec.field(default_factory=_Parameters)


def _patience(body: bytes) -> float:
    try:
        return msgspec.json.decode(body, type=_Answer).parameters.retry_after
    except msgspec.MsgspecError:
        return 1.0
