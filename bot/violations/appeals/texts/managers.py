"""What managers read about appeals: the card, the list, and what became of their decision."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, assert_never

from bot.i18n import Html
from bot.violations.appeals.rules import (
    LONGEST_DUE,
    LONGEST_STANDSTILL,
    SHORTEST_DUE,
    CaseUndone,
    Decided,
    HadPart,
    NoSuchAppeal,
    NotLighter,
    Phase,
)
from bot.violations.appeals.texts import words as own
from bot.violations.texts import words

if TYPE_CHECKING:
    from datetime import datetime

    from bot.i18n import Texts
    from bot.violations.appeals.rules import Appeal, NotDecided
    from bot.violations.rules.case import Case


# The card


def card(texts: Texts, appeal: Appeal, case: Case, alone: str | None, now: datetime) -> Html:
    """Show an appeal to those who decide; ``alone`` names who decides although they had a part in the case."""
    parts = [
        texts.gettext(
            "⚖️ <b>Appeal against case {number}</b> by {name}, {when}",
            number=words.number(case),
            name=words.mention(appeal.by),
            when=texts.when(appeal.filed_at),
        ),
        _about(texts, case),
        _quote(appeal.text),
    ]
    if appeal.added and appeal.added_at is not None:
        parts += [texts.gettext("Added {when}:", when=texts.when(appeal.added_at)), _quote(appeal.added)]
    return Html("\n").join((*parts, *_standing(texts, appeal, alone, now)))


def _about(texts: Texts, case: Case) -> Html:
    agreed = case.decided_by
    about = texts.gettext(
        "The case: {step}, by {name} on {when}.",
        step=words.outcome(texts, case),
        name=words.shown(case.issuer),
        when=texts.when(case.issued_at),
    )
    said = [about]
    if agreed is not None:
        said.append(texts.gettext("{name} agreed to it.", name=words.shown(agreed)))
    if case.reason:
        said.append(texts.gettext("Reason: {reason}", reason=case.reason))
    return Html("\n").join(part for part in (texts.flow(*said), words.rule(texts, case)) if part)


def _quote(text: str) -> Html:
    return Html("<blockquote>{}</blockquote>").format(text)


def told(texts: Texts, appeal: Appeal, now: datetime) -> Html:
    """Tell of an appeal in full, below its case."""
    lines = [own.line(texts, appeal, now, hidden=False), _quote(appeal.text)]
    if appeal.added:
        lines.append(_quote(appeal.added))
    if appeal.decision is not None and appeal.decision.remark:
        lines.append(texts.gettext("Remark: {remark}", remark=appeal.decision.remark))
    return Html("\n").join(lines)


def _standing(texts: Texts, appeal: Appeal, alone: str | None, now: datetime) -> list[Html]:
    decision = appeal.decision
    if decision is not None:
        said = [own.outcome(texts, appeal, decision)]
        if decision.remark:
            said.append(texts.gettext("Remark: {remark}", remark=decision.remark))
        if appeal.link:
            said.append(texts.gettext("The link by which they can come back: {link}", link=appeal.link))
        return said
    due = texts.when(appeal.due_at)
    said = [
        texts.gettext("⏰ <b>Overdue</b>: it was to be decided by {due}.", due=due)
        if appeal.is_overdue(now)
        else texts.gettext("To be decided by {due}.", due=due)
    ]
    if alone is not None:
        said.append(
            texts.gettext(
                "⚠️ Everybody who could decide had a part in this case, so {name} decides. The decision will say so.",
                name=alone,
            )
        )
    else:
        said.append(texts.gettext("Somebody decides who had no part in the case."))
    return said


# Telling them


def reminder(texts: Texts, appeal: Appeal, group: str, *, overdue: bool) -> Html:
    """Remind those who decide."""
    values = {"number": f"#{appeal.number}", "group": group, "due": texts.when(appeal.due_at)}
    if overdue:
        return texts.gettext(
            "⏰ The appeal against case {number} in {group} is overdue: it was to be decided by {due}.", **values
        )
    return texts.gettext("⏰ The appeal against case {number} in {group} is to be decided by {due}.", **values)


def waits(texts: Texts) -> Html:
    """Tell the managers in the group itself, where nobody else of them can be reached; without what was written."""
    return texts.gettext(
        "⚖️ An appeal waits for a manager. It is not shown here: write <code>/appeals</code> to me in private."
    )


def decided(texts: Texts, appeal: Appeal, told: str) -> Html:
    """Confirm a decision; ``told`` says whether the person heard of it: in "private", in the "group", or "not" at all."""
    phase = appeal.phase
    values = {"number": f"#{appeal.number}", "name": words.shown(appeal.by)}
    if phase is Phase.UPHELD:
        said = texts.gettext("Case {number} of {name} stays as it is.", **values)
    elif phase is Phase.REDUCED:
        said = texts.gettext("Case {number} of {name} was made lighter; the new case is in the group.", **values)
    else:
        said = texts.gettext("Case {number} of {name} is lifted.", **values)
    match told:
        case "private":
            return texts.flow(said, texts.gettext("They were told in private."))
        case "group":
            return texts.flow(said, texts.gettext("They were told in the group, as I cannot write to them."))
        case _:
            return texts.flow(said, texts.gettext("I cannot write to them: please tell them yourself."))


def not_decided(texts: Texts, outcome: NotDecided) -> str:
    """Say why nothing was decided."""
    match outcome:
        case Decided(appeal) if appeal.decision is not None:
            name = words.shown(appeal.decision.by)
            return texts.label("{name} has decided this already.", name=name)
        case Decided():
            return texts.label("This is decided already.")
        case HadPart():
            return texts.label("You had a part in this case: somebody else decides.")
        case CaseUndone(case=case) if case.undone is not None:
            return texts.label(
                "{name} has undone the case: nothing is left to decide.", name=words.shown(case.undone.by)
            )
        case CaseUndone():
            return texts.label("The case was undone: nothing is left to decide.")
        case NotLighter():
            return texts.label("That is no longer lighter than the case. Please choose again.")
        case NoSuchAppeal():
            return texts.label("There is no such appeal any more.")
        case _:
            assert_never(outcome)


# The questions


def ask_step(texts: Texts) -> Html:
    """Ask what takes the place of the case."""
    return texts.gettext("What takes its place? A length counts from when the case was opened.")


def ask_until(texts: Texts) -> Html:
    """Ask how long the case stands."""
    return texts.gettext("From when is a new appeal possible? Tap, or write a day or a length: <code>2 months</code>.")


def ask_remark(texts: Texts) -> Html:
    """Ask for a remark."""
    return texts.gettext("A word to the person? They read it in private.")


def bad_until(texts: Texts, typed: str) -> Html:
    """Refuse what is no time at which a new appeal could be possible."""
    return texts.gettext(
        "“{typed}” will not do: write a day or a length within the next {longest}, for example <code>30 days</code>.",
        typed=typed if len(typed) <= 40 else f"{typed[:39]}…",
        longest=texts.duration(LONGEST_STANDSTILL),
    )


# The list


def title(texts: Texts, count: int, late: int, due: timedelta) -> Html:
    """Head the list."""
    if count == 0:
        head = texts.gettext("<b>Appeals</b>: none waits for a decision.")
    else:
        head = texts.ngettext(
            "<b>Appeals</b>: {n} waits for a decision.", "<b>Appeals</b>: {n} wait for a decision.", count
        )
    lines = [head]
    if late:
        lines.append(texts.ngettext("⏰ {n} of them is overdue.", "⏰ {n} of them are overdue.", late))
    lines.append(
        texts.gettext("Managers have {due} (<code>/appeals due 48h</code> changes that).", due=texts.duration(due))
    )
    return Html("\n").join(lines)


def left_out(texts: Texts, opened: int, closed: int) -> Html:
    """Say that not all are listed: only the first that are open, and (where that is all there is room for) the latest decided."""
    first = texts.ngettext(
        "Only the {n} that is due first is listed; others follow when it is decided.",
        "Only the {n} that are due first are listed; others follow when these are decided.",
        opened,
    )
    latest = texts.ngettext(
        "Of those decided, at most the latest {n} is listed; <code>/case 12</code> tells of any other.",
        "Of those decided, at most the latest {n} are listed; <code>/case 12</code> tells of any other.",
        closed,
    )
    return Html("\n").join(said for said, n in ((first, opened), (latest, closed)) if n)


def line(texts: Texts, appeal: Appeal, now: datetime) -> Html:
    """List an appeal."""
    values = {"number": f"#{appeal.number}", "name": words.shown(appeal.by)}
    decision = appeal.decision
    if decision is not None:
        said = texts.gettext("{number} {name}", **values)
        return Html("• {} — {}").format(said, own.outcome(texts, appeal, decision))
    due = texts.when(appeal.due_at)
    if appeal.is_overdue(now):
        return Html("⏰ {}").format(texts.gettext("{number} {name}: overdue since {due}", due=due, **values))
    return Html("⚖️ {}").format(texts.gettext("{number} {name}: to be decided by {due}", due=due, **values))


def show_label(appeal: Appeal) -> str:
    """Label the button that shows an appeal."""
    return f"#{appeal.number}"


def no_such_appeal(texts: Texts) -> str:
    """Answer a tap about an appeal that there is not."""
    return not_decided(texts, NoSuchAppeal())


def no_appeal_about(texts: Texts, number: int) -> Html:
    """Say that nobody appealed against a case."""
    return texts.gettext(
        "There is no appeal against a case {number} in this group. <code>/appeals</code> lists them.",
        number=f"#{number}",
    )


def not_a_number(texts: Texts, typed: str) -> Html:
    """Say what can be written."""
    return texts.gettext(
        "“{typed}” is not the number of a case. Write <code>/appeals</code>, or <code>/appeals 12</code> for the appeal"
        " against case #12.",
        typed=typed if len(typed) <= 40 else f"{typed[:39]}…",
    )


def digest(texts: Texts, count: int, late: int) -> Html:
    """Tell in the digest how many appeals wait."""
    said = texts.ngettext(
        "⚖️ {n} appeal waits for a decision: /appeals", "⚖️ {n} appeals wait for a decision: /appeals", count
    )
    return said if not late else texts.flow(said, texts.ngettext("({n} is overdue)", "({n} are overdue)", late))


# How long they have


def due_now(texts: Texts, due: timedelta) -> Html:
    """Say how long managers have."""
    return texts.gettext(
        "Managers have {due} to decide an appeal. <code>/appeals due 48h</code> changes that.", due=texts.duration(due)
    )


def due_set(texts: Texts, due: timedelta) -> Html:
    """Confirm how long managers have from now on."""
    return texts.gettext("From now on managers have {due} to decide an appeal.", due=texts.duration(due))


def bad_due(texts: Texts, typed: str) -> Html:
    """Refuse a length."""
    return texts.gettext(
        "“{typed}” will not do: write whole hours or days, from {shortest} to {longest}, for example <code>/appeals due 48h</code>.",
        typed=typed if len(typed) <= 40 else f"{typed[:39]}…",
        shortest=texts.duration(SHORTEST_DUE),
        longest=texts.duration(LONGEST_DUE),
    )


# The way back


def pass_on(texts: Texts, appeal: Appeal, group: str, until: datetime) -> Html:
    """Give the link to the manager who decided, as the person cannot be written to."""
    return texts.gettext(
        "I cannot write to {name}. Please pass on this link: it lets one person into {group}, until {until}.\n{link}",
        name=words.shown(appeal.by),
        group=group,
        until=texts.when(until),
        link=appeal.link,
    )


def read_in_private(texts: Texts, appeal: Appeal) -> Html:
    """Tell the managers in the group itself that something about an appeal is to be read elsewhere."""
    return texts.gettext(
        "⚖️ There is something to do about the appeal in case {number}. It is not shown here: write"
        " <code>/appeals {plain}</code> to me in private.",
        number=f"#{appeal.number}",
        plain=appeal.number,
    )


def no_link(texts: Texts, appeal: Appeal, group: str) -> Html:
    """Say that no link could be made."""
    return texts.gettext(
        "{name} may come back to {group}, but Telegram would not let me make an invite link. Give me the right to invite"
        " users and tap below, or send them a link of your own.",
        name=words.shown(appeal.by),
        group=group,
    )


def link_on_its_way(texts: Texts) -> str:
    """Answer *Make the link*."""
    return texts.label("I am making it.")


def no_link_wanted(texts: Texts) -> str:
    """Say that nobody has to come back."""
    return texts.label("This is out of date: no link is needed any more.")
