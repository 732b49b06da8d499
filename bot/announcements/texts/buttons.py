"""The labels of the buttons on a card."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.announcements.rules.acts import Act
from bot.announcements.rules.announcement import State
from bot.i18n import N_

if TYPE_CHECKING:
    from bot.announcements.rules.announcement import Announcement
    from bot.i18n import Texts

OPEN_POST: Final = N_("Open")
NOT_URGENT: Final = N_("🔕 Not urgent any more")
LABELS: Final[dict[tuple[State | None, Act], str]] = {
    (None, Act.PUBLISH): N_("📣 Publish now"),
    (None, Act.SUBMIT): N_("🔍 Hand in for review"),
    (None, Act.APPROVE): N_("✅ Approve this text"),
    (None, Act.SEND_BACK): N_("↩️ Send back"),
    (None, Act.REJECT): N_("🚫 Reject"),
    (None, Act.SCHEDULE): N_("⏰ Schedule"),
    (None, Act.EDIT): N_("✏️ Edit"),
    (None, Act.CANCEL): N_("🗑 Discard"),
    (None, Act.RESTORE): N_("↩️ Bring it back"),
    (State.UNCERTAIN, Act.SUBMIT): N_("🔍 It is not there: hand it in"),
    (None, Act.IS_THERE): N_("✓ It is there"),
    (None, Act.AGAIN): N_("🔁 Send it again"),
    (None, Act.PIN): N_("📌 Pin it"),
    (None, Act.URGENT): N_("🔔 Urgent"),
    (None, Act.RETRY): N_("🔁 Try again"),
    (None, Act.KEEP): N_("✖️ Keep the old words"),
    (None, Act.WITHDRAW): N_("🗑 Withdraw"),
    (None, Act.COPY): N_("📄 Copy"),
    (State.FAILED, Act.PUBLISH): N_("🔁 Try again"),
    (State.SCHEDULED, Act.SCHEDULE): N_("⏰ Another time"),
    (State.SCHEDULED, Act.CANCEL): N_("✖️ Cancel"),
    (State.MISSED, Act.SCHEDULE): N_("⏰ Another time"),
    (State.MISSED, Act.CANCEL): N_("✖️ Skip it"),
    (State.PUBLISHED, Act.APPROVE): N_("✅ Approve the change"),
    (State.PUBLISHED, Act.SEND_BACK): N_("↩️ Send the change back"),
    (State.PUBLISHED, Act.REJECT): N_("🚫 Reject the change"),
}
"""By state and act; without a state it is the one for all others."""
_GONE: Final = {Act.COPY: N_("📄 Draft it anew"), Act.WITHDRAW: N_("↩️ Put it down as withdrawn")}
"""What the acts are called where there is no such message in the group any more."""


def label(texts: Texts, name: str) -> str:
    """Write a button's label."""
    return texts.label(name)


def name_of(item: Announcement, act: Act) -> str:
    """Return the label of an act as it is called in the state of an announcement."""
    gone = _GONE.get(act) if item.undone.gone else None
    return gone or LABELS.get((item.state, act)) or LABELS[None, act]
