"""Whether Telegram can be reached for sending: how long to pause while it cannot, and one line in the log at each change."""

from __future__ import annotations

import asyncio

import structlog

from bot.tg.outbox.model import Ending, State
from bot.tg.outbox.refusals import Unfinished, Unreached, Verdict

LONGEST_PAUSE = 30.0
_log = structlog.get_logger(__name__)


class Reach:
    """What the verdicts say of the way to Telegram. ``now`` is a monotonic clock's, in seconds."""

    def __init__(self) -> None:
        self.token_refused = asyncio.Event()
        """Set once Telegram does not know the token: no waiting helps."""
        self._unreached = 0
        self._since: float | None = None

    def pause(self) -> float:
        """Return for how many seconds to send nothing, after one more call that did not reach Telegram."""
        self._unreached += 1
        return min(LONGEST_PAUSE, 2.0 ** (self._unreached - 1) / 2)

    def heard(self, verdict: Verdict, now: float) -> None:
        """Take in how a call went."""
        reason = _trouble(verdict)
        if reason is None:
            if self._since is not None:
                _log.info("sending works again", after=round(now - self._since, 1))
            self._since = None
        elif self._since is None:
            self._since = now
            _log.warning("sending does not work", reason=reason)
        if isinstance(verdict, Unreached):
            if verdict.token_refused:
                self.token_refused.set()
        else:
            self._unreached = 0


def _trouble(verdict: Verdict) -> str | None:
    """Return why a call got no answer of Telegram's, None if it got one."""
    if isinstance(verdict, Unreached | Unfinished):
        return verdict.text
    if isinstance(verdict, Ending) and verdict.state is State.UNCERTAIN:
        return verdict.text
    return None
