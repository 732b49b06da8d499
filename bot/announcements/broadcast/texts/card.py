"""The card of a broadcast: how far it is, who has not got it, and the list of those."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from bot.announcements.broadcast.rules.life import Reason, State, Step
from bot.announcements.broadcast.rules.progress import Fate
from bot.announcements.broadcast.texts import words
from bot.announcements.texts.words import excerpt
from bot.i18n import Html

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.announcements.broadcast.rules.life import Broadcast
    from bot.announcements.broadcast.rules.progress import Row, Tally
    from bot.i18n import Texts
    from bot.kernel.groups import Group

_BAR = 12
_NAMED = 30
_LOST = frozenset({"chat_gone", "blocked"})


def card(texts: Texts, broadcast: Broadcast, tally: Tally, more: Sequence[Html] = ()) -> Html:
    """Write the card; ``more`` is what others have to say of it."""
    parts = [_head(texts, broadcast, tally), _progress(texts, broadcast, tally)]
    lines = [*_troubles(texts, tally), *_patience(texts, tally), *more]
    if lines:
        parts.append(Html("\n").join(lines))
    parts.append(Html("<i>{}</i>").format(excerpt(texts, broadcast.content)))
    return Html("\n\n").join(parts)


def _head(texts: Texts, broadcast: Broadcast, tally: Tally) -> Html:
    over = broadcast.withdrawn and broadcast.state is State.DONE
    state = texts.label(words.WITHDRAWN if over else words.STATES[broadcast.state])
    return texts.ngettext(
        "{icon} <b>Announcement #{number}</b> to {n} group: {state}\nsent by {name}",
        "{icon} <b>Announcement #{number}</b> to {n} groups: {state}\nsent by {name}",
        tally.total,
        icon="↩️" if over else words.ICONS[broadcast.state],
        number=broadcast.number,
        state=state,
        name=broadcast.user_name,
    )


def _progress(texts: Texts, broadcast: Broadcast, tally: Tally) -> Html:
    filled = tally.done * _BAR // max(1, tally.total)
    said = texts.gettext(
        "{bar} <b>{done}/{total}</b>",
        bar="▓" * filled + "░" * (_BAR - filled),
        done=texts.number(tally.done),
        total=texts.number(tally.total),
    )
    notes = [said]
    sent = tally.of(Fate.SENT)
    if sent != tally.done and not broadcast.withdrawn:
        notes.append(texts.ngettext("{n} group has got it.", "{n} groups have got it.", sent))
    if broadcast.withdrawn:
        notes.append(_withdrawn(texts, broadcast, tally))
    elif tally.changing:
        notes.append(
            texts.ngettext(
                "{n} group is still to get the new words.", "{n} groups are still to get the new words.", tally.changing
            )
        )
    if broadcast.state is State.RUNNING and tally.seconds_left:
        left = tally.seconds_left
        notes.append(texts.ngettext("About {n} second left.", "About {n} seconds left.", left))
    if broadcast.state is State.PAUSED:
        notes.append(texts.gettext("It waits until somebody lets it go on."))
    return Html("\n").join(notes)


def _withdrawn(texts: Texts, broadcast: Broadcast, tally: Tally) -> Html:
    """Say who took it back and why, and how far that is."""
    values = {"name": broadcast.user_name, "n": texts.number(tally.of(Fate.WITHDRAWN))}
    if broadcast.state is State.DONE:
        reason = broadcast.why or texts.label(words.NO_REASON)
        return texts.gettext("↩️ {name} has taken it back: {reason}\nWithdrawn in {n}.", reason=reason, **values)
    if broadcast.why:
        return texts.gettext("↩️ {name} takes it back: {reason}\nWithdrawn in {n}.", reason=broadcast.why, **values)
    return texts.gettext("↩️ {name} takes it back.\nWithdrawn in {n}.", **values)


def _troubles(texts: Texts, tally: Tally) -> list[Html]:
    """Say, by reason, where it has not arrived."""
    lines = []
    uncertain = tally.of(Fate.UNCERTAIN)
    if uncertain:
        lines.append(
            texts.ngettext(
                "❓ {n} group perhaps has it: the connection broke off. Please look there.",
                "❓ {n} groups perhaps have it: the connection broke off. Please look there.",
                uncertain,
            )
        )
    reasons = [
        *((count, words.refusal(texts, kind)) for kind, count in sorted(tally.refusals.items())),
        *((count, texts.label(words.REASONS[reason])) for reason, count in sorted(tally.reasons.items())),
    ]
    counts: Counter[str] = Counter()
    for count, reason in reasons:
        # Telegram says one thing in several ways.
        counts[reason] += count
    for reason, count in counts.items():
        lines.append(
            texts.ngettext(
                "⚠️ {n} group has not got it: {reason}", "⚠️ {n} groups have not got it: {reason}", count, reason=reason
            )
        )
    if tally.of(Fate.TURNED_DOWN):
        count = tally.of(Fate.TURNED_DOWN)
        lines.append(texts.ngettext("✖️ {n} group turned it down.", "✖️ {n} groups turned it down.", count))
    if tally.unchanged:
        count = tally.unchanged
        lines.append(
            texts.ngettext("⚠️ In {n} group it could not be changed.", "⚠️ In {n} groups it could not be changed.", count)
        )
    if tally.unpinned:
        count = tally.unpinned
        lines.append(
            texts.ngettext("📌 In {n} group I could not pin it.", "📌 In {n} groups I could not pin it.", count)
        )
    return lines


def _patience(texts: Texts, tally: Tally) -> list[Html]:
    """Say what will come later, or not."""
    lines = []
    held, review, skipped = tally.of(Fate.HELD), tally.of(Fate.REVIEW), tally.of(Fate.SKIPPED)
    if held and tally.next_awake is not None and tally.last_awake is not None:
        lines.append(
            texts.ngettext(
                "🌙 {n} group has quiet hours and gets it when they end: {first}.",
                "🌙 {n} groups have quiet hours and get it when they end: the first {first}, the last {last}.",
                held,
                first=texts.when(tally.next_awake),
                last=texts.when(tally.last_awake),
            )
        )
    if review:
        lines.append(
            texts.ngettext(
                "👀 {n} group reviews it first; it goes out there when somebody has approved it.",
                "👀 {n} groups review it first; it goes out there when somebody has approved it.",
                review,
            )
        )
    if skipped:
        lines.append(texts.ngettext("{n} group does not get it.", "{n} groups do not get it.", skipped))
    return lines


# Who has not got it


def missing_title(texts: Texts, broadcast: Broadcast, count: int) -> Html:
    """Head the list of groups that have not got it."""
    return texts.ngettext(
        "<b>#{number}</b>: {n} group has not got it, or perhaps not. Tap one to look.",
        "<b>#{number}</b>: {n} groups have not got it, or perhaps not. Tap one to look.",
        count,
        number=broadcast.number,
    )


def missing_none(texts: Texts, broadcast: Broadcast) -> Html:
    """Say that nobody is missing."""
    return texts.gettext("<b>#{number}</b>: every group whose turn it was has got it.", number=broadcast.number)


def missing_line(texts: Texts, row: Row, group: Group | None) -> Html:
    """Write one line of that list."""
    return texts.gettext("• {group}: {why}", group=title_of(row, group), why=why(texts, row))


def why(texts: Texts, row: Row) -> str:
    """Say how a group stands that has not got it, with Telegram's own words where there are any."""
    if row.fate is Fate.LEFT_OUT:
        return texts.label(words.REASONS[row.target.reason])
    if row.fate is Fate.FAILED and row.copy is not None:
        known = words.refusal(texts, row.copy.refusal)
        return f"{known} ({row.copy.problem})" if row.copy.problem else known
    if row.target.problem and row.target.step is Step.MADE:
        hitch = words.HITCHES.get(row.target.problem)
        problem = row.target.problem if hitch is None else texts.label(hitch)
        return texts.label("it could not be changed ({problem})", problem=problem)
    return texts.label(words.FATES[row.fate])


def title_of(row: Row, group: Group | None) -> str:
    """Name a group; one that is not known any more by its number."""
    return f"#{row.target.group_id}" if group is None else group.title


# At the end


def told_end(texts: Texts, broadcast: Broadcast, tally: Tally, lost: Sequence[str]) -> Html:
    """Tell whoever sent it that it is through, where not every group has got it; ``lost`` names the groups the bot lost."""
    said = texts.gettext(
        "Announcement #{number} is through: {sent} of {total} groups have got it.",
        number=broadcast.number,
        sent=texts.number(tally.of(Fate.SENT)),
        total=texts.number(tally.total),
    )
    parts = [said, *_troubles(texts, tally)]
    if lost:
        names = texts.join(lost[:_NAMED])
        parts.append(texts.gettext("I am not in these groups any more: {groups}", groups=names))
        if len(lost) > _NAMED:
            rest = len(lost) - _NAMED
            parts.append(texts.ngettext("and {n} more group", "and {n} more groups", rest))
    return Html("\n").join(parts)


def is_lost(row: Row) -> bool:
    """Say whether the bot is not in the group any more."""
    if row.fate is Fate.LEFT_OUT:
        return row.target.reason is Reason.LOST
    return row.fate is Fate.FAILED and row.copy is not None and row.copy.refusal in _LOST
