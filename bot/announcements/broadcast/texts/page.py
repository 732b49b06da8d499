"""Choosing groups, and what is answered to lines and taps."""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

from bot.announcements.broadcast.rules.life import Act, Nobody, NotNow, NotYours, Refused, State, Unknown
from bot.announcements.broadcast.texts import words
from bot.announcements.texts.words import excerpt
from bot.i18n import N_, Html

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.announcements.broadcast.rules.life import Broadcast
    from bot.announcements.broadcast.rules.typed import Picked
    from bot.announcements.rules.content import Content
    from bot.i18n import Texts

_MARK = {True: "☑️", False: "◻️"}


def page(texts: Texts, number: int, content: Content, chosen: int, total: int) -> Html:
    """Head the page on which groups are ticked."""
    return texts.ngettext(
        "📡 Which groups shall get <b>#{number}</b>? {chosen} of {n} group is ticked.\n<i>{excerpt}</i>",
        "📡 Which groups shall get <b>#{number}</b>? {chosen} of {n} groups are ticked.\n<i>{excerpt}</i>",
        total,
        number=number,
        chosen=texts.number(chosen),
        excerpt=excerpt(texts, content),
    )


def page_note(texts: Texts, when: str | None = None) -> Html:
    """Say what the page shows; ``when`` is what there is to say of its time."""
    note = texts.gettext(
        "You see the groups in which you may publish and which have not got it yet. Each gets a copy of its own; where quiet hours are, it waits for their"
        " end, and where announcements are reviewed, it is handed in for review."
    )
    return note if when is None else Html("{}\n\n{}").format(note, texts.gettext(when))


def group_key(title: str, *, on: bool) -> str:
    """Label the button of a group."""
    return f"{_MARK[on]} {title[:48]}"


def label_key(texts: Texts, label: str, count: int, *, on: bool) -> str:
    """Label the button of a label."""
    return f"{_MARK[on]} {label[:40]} ({texts.number(count)})"


def send_key(texts: Texts, count: int) -> str:
    """Label the button that sends it."""
    return texts.nlabel("📡 Send to {n} group", "📡 Send to {n} groups", count)


def all_key(texts: Texts, count: int) -> str:
    """Label the button that ticks all."""
    return texts.label("All ({count})", count=texts.number(count))


def no_labels(texts: Texts) -> str:
    """Say that no group has a label."""
    return texts.label("None of your groups has a label yet. /label volunteers gives a group one.")


def begun(texts: Texts, number: int, groups: int) -> Html:
    """Say, where groups were chosen, that it is on its way."""
    return texts.ngettext(
        "📡 #{number} is on its way to {n} group.", "📡 #{number} is on its way to {n} groups.", groups, number=number
    )


def dropped(texts: Texts, number: int) -> Html:
    """Say that it goes nowhere."""
    return texts.gettext("#{number} goes to no other groups.", number=number)


def not_found(texts: Texts, picked: Picked) -> Html:
    """Say which groups could not be found, and what would be right."""
    lines = []
    if picked.unknown:
        lines.append(
            texts.gettext(
                "I know no such group in which you may publish: {names}. Write its title as it stands in Telegram.",
                names=_quoted(texts, picked.unknown),
            )
        )
    if picked.several:
        lines.append(
            texts.gettext(
                "Several of your groups have such a title: {names}. Choose them by buttons: <code>/announce to 12</code>",
                names=_quoted(texts, picked.several),
            )
        )
    if picked.labels:
        lines.append(
            texts.gettext(
                "None of your groups has this label: {names}. <code>/label volunteers</code>, written in a group, gives it one.",
                names=_quoted(texts, picked.labels),
            )
        )
    return Html("\n").join(lines)


def _quoted(texts: Texts, names: Sequence[str]) -> Html:
    return texts.join(f"“{name[:60]}”" for name in names)


def what_wanted(texts: Texts) -> Html:
    """Ask what is to be sent."""
    return texts.gettext(
        "Please say what I shall send: a text after a “|”, as in <code>/announce to Hikers, Runners | We meet at ten.</code>, or the"
        " number of an announcement, as in <code>/announce to all 12</code>."
    )


def list_title(texts: Texts) -> Html:
    """Head the list of broadcasts."""
    return texts.gettext("<b>Announcements to several groups</b>. Tap one to see how far it is.")


def list_empty(texts: Texts) -> Html:
    """Say that there is none, and how to begin."""
    return texts.gettext(
        "Nothing has been sent to several groups from here. <code>/announce to all | We meet at ten.</code> does so, or the button"
        " “📡 Several groups” below a draft."
    )


def list_line(texts: Texts, broadcast: Broadcast) -> Html:
    """Write one line of the list."""
    at = broadcast.begun_at or broadcast.created_at
    return texts.gettext(
        "{icon} <b>#{number}</b>, {when}: {state}. {excerpt}",
        icon=words.ICONS[broadcast.state],
        number=broadcast.number,
        when=texts.when(at),
        state=texts.label(words.STATES[broadcast.state]),
        excerpt=excerpt(texts, broadcast.content),
    )


def ask_withdraw(texts: Texts, number: int, count: int) -> Html:
    """Ask why everything is to be taken back."""
    return texts.ngettext(
        "Why shall #{number} be withdrawn in {n} group? Each group reads your reason.",
        "Why shall #{number} be withdrawn in {n} groups? Each group reads your reason.",
        count,
        number=number,
    )


def ask_sure(texts: Texts, number: int, count: int) -> Html:
    """Ask whether everything is to be taken back."""
    return texts.ngettext(
        "Shall I take #{number} back in {n} group? What is still to be sent is not sent.",
        "Shall I take #{number} back in {n} groups? What is still to be sent is not sent.",
        count,
        number=number,
    )


_YES = frozenset({"yes", "y", "ok", "sure", "是", "是的", "好", "好的", "确定", "对"})


def is_yes(typed: str) -> bool:
    """Say whether somebody means it."""
    return typed.strip().casefold() in _YES


def went_nowhere(texts: Texts, number: int) -> Html:
    """Say that there are no copies to be taken back, and how the announcement itself is."""
    return texts.gettext(
        "#{number} stands in no other groups. <code>/announce withdraw {number}</code> takes it back here.",
        number=number,
    )


def withdrawing(texts: Texts, number: int) -> Html:
    """Say, where it was asked, that everything is taken back."""
    return texts.gettext("#{number} is being withdrawn everywhere; its card shows how far that is.", number=number)


_TOASTS = {
    Act.PAUSE: N_("Paused. What is on its way already arrives within two seconds."),
    Act.RESUME: N_("It goes on."),
    Act.STOP: N_("Stopped. The rest does not get it."),
    Act.RETRY: N_("I try again."),
    Act.CHANGE: N_("The copies are being changed."),
}
_NOT_NOW = {
    State.CHOOSING: N_("#{number} has not been sent yet."),
    State.WAITING: N_("#{number} has not been posted in its own group yet."),
    State.EACH: N_("#{number} goes to other groups on its dates only."),
    State.RUNNING: N_("#{number} is being sent already."),
    State.PAUSED: N_("#{number} is paused already."),
    State.STOPPED: N_("#{number} has been stopped."),
    State.DONE: N_("#{number} has been sent."),
    State.DROPPED: N_("#{number} was not sent to other groups."),
}

_NOBODY = {
    Act.WAIT: N_("Please tick at least one other group."),
    Act.EACH: N_("Please tick at least one other group."),
    Act.START: N_("Please tick at least one group in which you may publish."),
    Act.PAUSE: N_("There is nothing left that could wait: all of it is on its way or has arrived."),
    Act.CHANGE: N_("All copies have these words. Change the announcement first; then I change its copies."),
}
_NO_GROUP = N_("There is no group in which it could be tried again.")


def done(texts: Texts, act: Act) -> str:
    """Answer a tap that did what it says."""
    return texts.label(_TOASTS[act])


def tried_again(texts: Texts, lost: int) -> str:
    """Answer the tap that tries again; where the bot is not in the group, that is of no use."""
    if not lost:
        return done(texts, Act.RETRY)
    return texts.nlabel(
        "I try again. {n} group stays without it: I am not in it.",
        "I try again. {n} groups stay without it: I am not in them.",
        lost,
    )


def all_lost(texts: Texts, lost: int) -> Html:
    """Say that trying again is of no use as long as the bot is in none of the groups."""
    return texts.ngettext(
        "I am not in the {n} group that has not got it. Add me there again, then tap this once more.",
        "I am in none of the {n} groups that have not got it. Add me there again, then tap this once more.",
        lost,
    )


def refused(texts: Texts, outcome: Refused, act: Act) -> Html:
    """Say why it was not done."""
    match outcome:
        case NotNow(broadcast):
            if broadcast.withdrawn:
                return texts.gettext("#{number} has been withdrawn.", number=broadcast.number)
            return texts.gettext(_NOT_NOW[broadcast.state], number=broadcast.number)
        case NotYours():
            return texts.gettext(
                "Only whoever sends it can do this: it goes to groups in which they may publish. Anybody who may publish"
                " here can pause or stop it."
            )
        case Unknown():
            return texts.gettext("I do not know this sending any more. <code>/announce to</code> shows the last ones.")
        case Nobody():
            return texts.gettext(_NOBODY.get(act, _NO_GROUP))
        case _:
            assert_never(outcome)
