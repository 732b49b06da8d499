"""What the person reads whom a case is about: how to appeal, and what came of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, assert_never

from bot.i18n import N_, Html
from bot.violations.appeals.rules import (
    TEXT_LIMIT,
    Added,
    Closed,
    Filed,
    May,
    NotTheirs,
    Phase,
    SaidTwice,
    Stands,
    TooLong,
    Why,
)
from bot.violations.rules.ladder import Rung
from bot.violations.texts import words

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from bot.i18n import Texts
    from bot.violations.appeals.rules import Appeal, FileOutcome, Refusal
    from bot.violations.rules.case import Case

NOT_THEIRS = N_("Only the person whom a case is about can appeal against it.")
_CLOSED = {
    Why.UNDONE: N_("Case {number} was undone, so there is nothing left to appeal against."),
    Why.RELEASE: N_("Case {number} only let you write or join again: there is nothing to appeal against."),
    Why.OVER: N_(
        "Case {number} no longer counts, and nothing of it is in force: there is nothing left to appeal against."
    ),
    Why.FINAL: N_("Case {number} is what an appeal led to. That decision stands."),
}


def case_label(case: Case, title: str) -> str:
    """Label the button that leads to the appeal against a case."""
    room = 60 - len(f"#{case.number} ")
    return f"#{case.number} {title if len(title) <= room else title[: room - 1] + '…'}"


def case_line(texts: Texts, case: Case, title: str, state: May | Refusal) -> Html:
    """List a case of one's own, with what can be done about it."""
    what = texts.gettext(
        "{number} in {group}: {step}, on {when}",
        number=words.number(case),
        group=title,
        step=words.outcome(texts, case),
        when=texts.when(case.issued_at),
    )
    return Html("• {} — {}").format(what, _state(texts, state))


def _state(texts: Texts, state: May | Refusal) -> Html:
    match state:
        case May(open=None):
            return texts.gettext("you can appeal")
        case May(open=appeal) if appeal is not None:
            return texts.gettext(
                "appealed, to be decided by {due}; you can add something", due=texts.when(appeal.due_at)
            )
        case SaidTwice(appeal):
            return texts.gettext("appealed, to be decided by {due}", due=texts.when(appeal.due_at))
        case Stands(until=until):
            return texts.gettext("upheld; a new appeal is possible from {date}", date=texts.date(until))
        case _:
            return texts.gettext("nothing can be done about it any more")


def listing(texts: Texts, lines: Sequence[Html], most: int) -> Html:
    """List one's own cases, and say where there may be more than the ``most`` that are listed."""
    if not lines:
        return texts.gettext("There is no case against you that you could appeal against.")
    head = texts.gettext(
        "<b>Your cases</b>. Tap a number to appeal: a manager who had no part in the case looks again."
    )
    if len(lines) < most:
        return Html("\n").join((head, *lines))
    more = texts.ngettext(
        "At most {n} case is listed here; any other can be appealed by its number, as in <code>/appeal 12</code>.",
        "At most {n} cases are listed here; any other can be appealed by its number, as in <code>/appeal 12</code>.",
        most,
    )
    return Html("\n").join((head, *lines, more))


def which(texts: Texts, number: int) -> Html:
    """Ask in which group."""
    return texts.gettext("You have a case {number} in several groups. Which one do you mean?", number=f"#{number}")


def not_a_number(texts: Texts, typed: str) -> Html:
    """Say how a case is named."""
    return texts.gettext(
        "“{typed}” is not the number of a case. Write for example <code>/appeal 12</code>; <code>/appeal</code> alone lists"
        " your cases.",
        typed=typed if len(typed) <= 40 else f"{typed[:39]}…",
    )


def no_such_case(texts: Texts, number: int) -> Html:
    """Say that no case of theirs has this number."""
    return texts.gettext(
        "There is no case {number} against you. <code>/appeal</code> alone lists your cases.", number=f"#{number}"
    )


def ask(texts: Texts, answers: Mapping[str, Any]) -> Html:
    """Ask for the text."""
    values = {"number": f"#{answers['number']}", "group": answers["title"]}
    if answers.get("adding"):
        return texts.gettext(
            "What do you want to add to your appeal against case {number} in {group}? You can add one message, of at most"
            " {limit} characters.",
            limit=texts.number(TEXT_LIMIT),
            **values,
        )
    return texts.gettext(
        "Why should somebody look at case {number} in {group} again? Write one message, of at most {limit} characters. Only"
        " managers read it.",
        limit=texts.number(TEXT_LIMIT),
        **values,
    )


def filed(texts: Texts, outcome: FileOutcome, case: Case, title: str, *, alone: bool) -> Html:
    """Answer an appeal that was made, or that cannot be."""
    match outcome:
        case Filed(appeal):
            return _received(texts, appeal, title, alone=alone)
        case Added(appeal):
            return texts.gettext(
                "Added to your appeal against case {number}. It is to be decided by {due}.",
                number=words.number(case),
                due=texts.when(appeal.due_at),
            )
        case TooLong(length):
            return texts.gettext(
                "Your text has {n} characters; at most {limit} fit. Nothing was sent.",
                n=texts.number(length),
                limit=texts.number(TEXT_LIMIT),
            )
        case SaidTwice() | Stands() | Closed() | NotTheirs():
            return Html.escape(refused(texts, outcome, case))
        case _:
            assert_never(outcome)


def _received(texts: Texts, appeal: Appeal, title: str, *, alone: bool) -> Html:
    said = texts.gettext(
        "⚖️ Your appeal against case {number} in {group} is with the managers. It is to be decided by {due}.",
        number=f"#{appeal.number}",
        group=title,
        due=texts.when(appeal.due_at),
    )
    who = (
        texts.gettext("The group has nobody else to decide, so its owner does.")
        if alone
        else texts.gettext("Somebody decides who had no part in the case.")
    )
    return texts.flow(said, who, texts.gettext("You can add one more message."))


def refused(texts: Texts, refusal: Refusal, case: Case) -> str:
    """Say why no appeal is possible now."""
    match refusal:
        case SaidTwice(appeal):
            return texts.label(
                "You have appealed against case {number} and added to it. It is to be decided by {due}.",
                number=words.number(case),
                due=texts.when(appeal.due_at),
            )
        case Stands(until=until):
            return texts.label(
                "Case {number} was upheld after your appeal. A new appeal is possible from {date}.",
                number=words.number(case),
                date=texts.date(until),
            )
        case Closed(why=why):
            return texts.label(_CLOSED[why], number=words.number(case))
        case NotTheirs():
            return texts.label(NOT_THEIRS)
        case _:
            assert_never(refusal)


def in_private(texts: Texts) -> Html:
    """Lead somebody to the private chat who has not started the bot yet."""
    return texts.gettext("An appeal is written in private. Open our private chat and tap <b>Start</b> there.")


# What came of it


def decided(texts: Texts, appeal: Appeal, title: str) -> Html:
    """Tell the person in private how their appeal was decided."""
    decision = appeal.decision
    said = [_decided(texts, appeal, title)]
    if decision is not None and decision.remark:
        said.append(texts.gettext("Remark: {remark}", remark=decision.remark))
    return Html("\n").join(said)


def decided_openly(texts: Texts, appeal: Appeal) -> Html:
    """Tell the person in the group how their appeal was decided; neither its text nor the remark."""
    return Html("{}: {}").format(words.mention(appeal.by), _decided(texts, appeal, None))


def _decided(texts: Texts, appeal: Appeal, title: str | None) -> Html:
    decision, values = appeal.decision, {"number": f"#{appeal.number}", "group": title or ""}
    match appeal.phase:
        case Phase.UPHELD:
            said = _upheld(texts, title, values)
            if decision is None or decision.until is None:
                return said
            new = texts.gettext("A new appeal is possible from {date}.", date=texts.date(decision.until))
            return texts.flow(said, new)
        case Phase.REDUCED if decision is not None and decision.step is not None:
            values["step"] = words.step(texts, decision.step)
            if title is None:
                return texts.gettext("after your appeal, case {number} was made lighter: {step}.", **values)
            return texts.gettext("⚖️ After your appeal, case {number} in {group} was made lighter: {step}.", **values)
        case Phase.LIFTED if title is None:
            return texts.gettext("after your appeal, case {number} was lifted. It no longer counts.", **values)
        case Phase.LIFTED:
            return texts.gettext(
                "⚖️ After your appeal, case {number} in {group} was lifted. It no longer counts.", **values
            )
        case _ if title is None:
            return texts.gettext("case {number} was undone, so your appeal is settled.", **values)
        case _:
            return texts.gettext("⚖️ Case {number} in {group} was undone, so your appeal is settled.", **values)


def _upheld(texts: Texts, title: str | None, values: dict[str, Any]) -> Html:
    if title is None:
        return texts.gettext("after your appeal, case {number} stays as it is.", **values)
    return texts.gettext("⚖️ After your appeal, case {number} in {group} stays as it is.", **values)


def removed(texts: Texts, case: Case, title: str, *, final: bool) -> Html:
    """Tell somebody in private that they were removed and how to appeal, if that is not ``final``."""
    said = [_removed(texts, case, title)]
    if case.rule:
        said.append(words.rule(texts, case))
    if case.reason:
        said.append(texts.gettext("Reason: {reason}", reason=case.reason))
    if final:
        return Html("\n").join(said)
    said.append(
        texts.gettext(
            "If you think that is wrong, you can appeal: tap below, or write <code>/appeal {number}</code> here. A manager"
            " who had no part in it looks again.",
            number=case.number,
        )
    )
    return Html("\n").join(said)


def _removed(texts: Texts, case: Case, title: str) -> Html:
    values = {"group": title, "number": words.number(case)}
    if case.step.rung is Rung.KICK:
        return texts.gettext("You were removed from <b>{group}</b> (case {number}). You may join again.", **values)
    if case.mute_until is None:
        return texts.gettext("You were removed from <b>{group}</b> (case {number}).", **values)
    until = texts.when(case.mute_until)
    return texts.gettext("You were removed from <b>{group}</b> until {until} (case {number}).", until=until, **values)


def way_back(texts: Texts, title: str, link: str, until: datetime) -> Html:
    """Give the person the link that lets them in again."""
    return texts.gettext(
        "You can come back to <b>{group}</b> by this link. It lets in one person, until {until}:\n{link}",
        group=title,
        until=texts.when(until),
        link=link,
    )
