"""What stands in help, menus, the audit and on buttons; names of fates and reasons."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.announcements.broadcast.rules.life import Hitch, Reason, State
from bot.announcements.broadcast.rules.progress import Fate
from bot.i18n import N_

if TYPE_CHECKING:
    from bot.i18n import Texts

TITLE = N_("Announcements to several groups")
HELP_TO = N_("Send an announcement to several groups, to all of a label, or to all; now, or at its time")
EXAMPLES = (
    N_("/announce to Hikers, Runners | We meet at ten."),
    N_("/announce to label:volunteers 12"),
    N_("/announce to all 12"),
)

SEVERAL = N_("📡 Several groups")
BROADCASTS = N_("📡 To several groups")
PAUSE = N_("⏸ Pause")
RESUME = N_("▶️ Go on")
RESUME_STOPPED = N_("▶️ Send to the rest")
STOP = N_("⏹ Stop")
RETRY = N_("🔁 Try the failed again")
MISSING = N_("📋 Who has not got it")
CHANGE = N_("✏️ Change it everywhere")
NONE = N_("Tick none")
WITHDRAW = N_("↩️ Withdraw it everywhere")
WITHDRAW_YES = N_("↩️ Yes, withdraw it everywhere")
GROUPS = N_("« Groups")
LABELS = N_("🏷 By label")
DROP = N_("✖️ Cancel")
LEAVE = N_("✖️ Not to other groups")

WITHDRAWN = N_("withdrawn")
NO_REASON = N_("no reason given")
STATES = {
    State.CHOOSING: N_("being prepared"),
    State.WAITING: N_("goes out with it"),
    State.EACH: N_("goes out with each date"),
    State.RUNNING: N_("being sent"),
    State.PAUSED: N_("paused"),
    State.STOPPED: N_("stopped"),
    State.DONE: N_("sent"),
    State.DROPPED: N_("cancelled"),
}
ICONS = {
    State.CHOOSING: "📝",
    State.WAITING: "🕘",
    State.EACH: "🔁",
    State.RUNNING: "📡",
    State.PAUSED: "⏸",
    State.STOPPED: "⏹",
    State.DONE: "✅",
    State.DROPPED: "✖️",
}
FATES = {
    Fate.WAITING: N_("waiting"),
    Fate.HELD: N_("held until the quiet hours end"),
    Fate.ON_WAY: N_("on its way"),
    Fate.SENT: N_("sent"),
    Fate.UNCERTAIN: N_("perhaps sent, please look"),
    Fate.FAILED: N_("could not be sent"),
    Fate.REVIEW: N_("reviewed there first"),
    Fate.TURNED_DOWN: N_("turned down there"),
    Fate.LEFT_OUT: N_("left out"),
    Fate.SKIPPED: N_("not sent"),
    Fate.WITHDRAWN: N_("withdrawn"),
}
REASONS = {
    Reason.NONE: N_("left out"),
    Reason.NO_RIGHT: N_("you may not publish there any more"),
    Reason.LOST: N_("I am not in the group any more"),
    Reason.TOO_LONG: N_("it would be too long there"),
    Reason.SILENT: N_("Telegram did not tell me whether you may publish there"),
    Reason.BROKEN: N_("something went wrong on my side"),
}
HITCHES: dict[str, str] = {
    Hitch.UNKNOWN: N_("I do not know which message it is"),
    Hitch.REFUSED: N_("its group does not allow that now"),
    Hitch.SILENT: N_("Telegram did not tell me whether you may publish there"),
    Hitch.BROKEN: N_("something went wrong on my side"),
}
REFUSALS = {
    "no_right": N_("I lack a right there"),
    "chat_gone": N_("I am not in the group any more"),
    "blocked": N_("I am not in the group any more"),
    "message_gone": N_("the topic or message it belongs to is gone"),
    "basic_group": N_("only a supergroup can do this"),
}
OTHER_REFUSAL = N_("Telegram refused it")

PHRASES = {
    "announcement.broadcast_begun": N_("{actor} began to send announcement {target} to other groups: {groups}"),
    "announcement.broadcast_waits": N_("{actor} let announcement {target} go to other groups with it: {groups}"),
    "announcement.broadcast_lapsed": N_(
        "Announcement {target} does not go to the other groups that {actor} had chosen: it does not go out itself"
    ),
    "announcement.broadcast_paused": N_("{actor} paused the sending of announcement {target} to other groups"),
    "announcement.broadcast_resumed": N_("{actor} resumed the sending of announcement {target} to other groups"),
    "announcement.broadcast_stopped": N_("{actor} stopped the sending of announcement {target} to other groups"),
    "announcement.broadcast_dropped": N_("{actor} did not send announcement {target} to other groups after all"),
    "announcement.broadcast_retried": N_("{actor} sent announcement {target} again to groups that had not got it"),
    "announcement.broadcast_changed": N_("{actor} changed announcement {target} in all groups that got it"),
    "announcement.broadcast_withdrawn": N_(
        "{actor} withdrew announcement {target} from all groups that got it: {reason}"
    ),
}


def refusal(texts: Texts, kind: str) -> str:
    """Say why Telegram refused."""
    return texts.label(REFUSALS.get(kind, OTHER_REFUSAL))
