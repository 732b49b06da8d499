"""Names, help and refusals of the ledger."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, assert_never

from bot.i18n import N_, Html
from bot.violations.ledger.rules.amending import AboutOneself, Amended, NoReason, SameReason, TooLong
from bot.violations.ledger.rules.typed import NoSuchDepartment, NoSuchRule, NotUnderstood, Twice
from bot.violations.rules.ledger import REASON_LIMIT
from bot.violations.texts import words

if TYPE_CHECKING:
    from bot.i18n import Texts
    from bot.violations.ledger.rules.amending import Refusal
    from bot.violations.ledger.rules.typed import Fault
    from bot.violations.ledger.rules.wanted import Known

HELP_CASE: Final = N_("All about one case: what for, who decided, what happened since")
HELP_CASES: Final = N_("All cases of yours, or of somebody else: what counts, what has expired, what was undone")
HELP_WARNS: Final = N_("The same as /cases, by its shorter name")
HELP_LEDGER: Final = N_(
    "All cases of the group: by rule, person, department, moderator, time and state, counted, as a file"
)
CASES_TITLE: Final = N_("📄 My warnings")
LEDGER_TITLE: Final = N_("📒 Ledger")
AMEND_TITLE: Final = N_("✏️ Amend the reason")
OTHERS_TITLE: Final = N_("Warnings of somebody else")
WHO_TITLE: Final = N_("Cases of one person")
WHEN_TITLE: Final = N_("Cases of a time")
AUDIT: Final = {
    "case.amended": N_("{actor} changed the reason of case #{number} of {target} from “{before}” to “{after}”"),
    "ledger.exported": N_("{actor} had {target} as a file, with {cases} cases"),
}
_RULES_NAMED: Final = 20


def not_in_the_group(texts: Texts, bot: str) -> Html:
    """Refuse what is for those who run the group, where neither a private chat nor a managers' chat can be reached."""
    return texts.gettext(
        "This is for those who run the group and does not belong in it. Open @{bot}, press Start, and ask me again.",
        bot=bot,
    )


# One case


def how_to_name_a_case(texts: Texts) -> Html:
    """Say how a case is named."""
    return texts.gettext(
        "Which case? Write its number, <code>/case 12</code>, or answer its card with <code>/case</code>. "
        "<code>/cases @name</code> lists those of a person."
    )


def not_a_case(texts: Texts, typed: str) -> Html:
    """Answer words that are no number."""
    return texts.gettext(
        "“{typed}” is not the number of a case. Write <code>/case 12</code>; <code>/cases @name</code> lists the cases of a "
        "person.",
        typed=typed[:64],
    )


def no_such_case(texts: Texts, number: int) -> Html:
    """Say that there is no case of that number, or none the reader may see: it tells neither from the other."""
    return texts.gettext("There is no case #{number} that you can see here.", number=number)


def case_is_gone(texts: Texts) -> Html:
    """Answer a button of a case that the group does not have."""
    return texts.gettext("That case is no longer here.")


def what_to_do(texts: Texts, number: int, typed: str) -> Html:
    """Answer words behind the number of a case that say nothing to do."""
    return texts.gettext(
        "“{typed}” is nothing that can be done with a case. To change its reason, write "
        "<code>/case {number} reason the new reason</code>.",
        typed=typed[:64],
        number=number,
    )


def moderators_only(texts: Texts) -> Html:
    """Refuse to amend for who may only read."""
    return texts.gettext("Only people who may warn and mute can amend a case.")


def ask_reason(texts: Texts, before: str) -> Html:
    """Ask for the new reason of a case."""
    said = texts.gettext(
        "What is the new reason? It is shown in the group; the one before stays in the audit log and with the case."
    )
    if not before:
        return said
    return Html("\n").join((said, texts.gettext("So far: “{reason}”", reason=before)))


def amended(texts: Texts, outcome: Amended | Refusal) -> Html:
    """Say what came of amending."""
    match outcome:
        case Amended(case, before) if before:
            return texts.gettext(
                "Case {number} has a new reason. Before it was: “{before}”", number=words.number(case), before=before
            )
        case Amended(case):
            return texts.gettext("Case {number} has a reason now.", number=words.number(case))
        case SameReason(case):
            return texts.gettext("That is the reason of case {number} already.", number=words.number(case))
        case NoReason(case):
            return texts.gettext(
                "Write the new reason behind it: <code>/case {number} reason the new reason</code>.", number=case.number
            )
        case TooLong(length):
            return texts.gettext(
                "The reason has {length} characters; at most {limit} fit. Please make it shorter. The old one stands.",
                length=texts.number(length),
                limit=texts.number(REASON_LIMIT),
            )
        case AboutOneself(case):
            return texts.gettext(
                "Case {number} is about yourself: somebody else can amend it.", number=words.number(case)
            )
        case _:
            assert_never(outcome)


def no_evidence(texts: Texts) -> str:
    """Answer a tap on the evidence of a case that has none, or is no more."""
    return texts.label("There is no evidence kept with this case.")


def file_is_gone(texts: Texts, number: int) -> Html:
    """Say that Telegram would not send a file again."""
    return texts.gettext(
        "Telegram did not give me the file kept with case #{number}: it may have been deleted there. The text and the link "
        "stay with the case.",
        number=number,
    )


# The ledger


def fault(texts: Texts, found: Fault, known: Known) -> Html:
    """Say what of a line was not understood, and what would be."""
    match found:
        case NoSuchRule(code):
            said = texts.gettext("There is no rule “{code}” in this group, and no case names it.", code=code[:64])
            named = [Html("<code>{}</code>").format(one) for one in sorted(known.rules)[:_RULES_NAMED]]
            return (
                said
                if not named
                else Html("\n").join((said, texts.gettext("Known are {rules}.", rules=texts.join(named))))
            )
        case NoSuchDepartment(name):
            said = texts.gettext("No case names a department “{name}”.", name=name[:64])
            named = [Html("<code>{}</code>").format(one) for one in known.departments[:_RULES_NAMED]]
            return (
                said
                if not named
                else Html("\n").join((said, texts.gettext("Known are {rules}.", rules=texts.join(named))))
            )
        case Twice(typed):
            return texts.gettext(
                "“{typed}” is the second of its kind: one rule, one person, one department, one moderator, one time and one state "
                "can be named at once.",
                typed=typed[:64],
            )
        case NotUnderstood(typed):
            return Html("\n").join(
                (texts.gettext("I do not know what “{typed}” means here.", typed=typed[:64]), how_to_filter(texts))
            )
        case _:
            assert_never(found)


def how_to_filter(texts: Texts) -> Html:
    """Say how the ledger is narrowed down."""
    return texts.gettext(
        "Name a rule, a person, a department, a moderator, a time or a state, in any order: "
        "<code>/ledger A3 @name this month</code>, <code>/ledger by @name last week</code>, "
        "<code>/ledger department Office 2027-01-01 2027-03-31</code>. States are <code>in force</code>, "
        "<code>expired</code>, <code>undone</code>, <code>under appeal</code>, <code>lighter</code>, <code>proposed</code>, "
        "<code>declined</code>, <code>refused</code> and <code>not confirmed</code>. "
        "<code>by rule</code> (<code>by member</code>, <code>by department</code>, <code>by moderator</code>, "
        "<code>by month</code>) counts them, <code>xlsx</code> or <code>csv</code> makes a file."
    )


def ask_person(texts: Texts) -> Html:
    """Ask for the person whose cases are wanted."""
    return texts.gettext("Whose cases? Write <code>@name</code>, a mention of them, or their numeric id.")


def ask_period(texts: Texts) -> Html:
    """Ask for a time."""
    return texts.gettext(
        "Which time? For example <code>this month</code>, <code>2027-03</code>, <code>from 2027-03-01</code> or "
        "<code>2027-03-01 2027-03-15</code>."
    )


def not_a_period(texts: Texts, typed: str) -> Html:
    """Answer words that name no stretch of days."""
    return texts.gettext(
        "“{typed}” is no time that I understand. Write <code>last month</code>, <code>2027-03</code> or two days: "
        "<code>2027-03-01 2027-03-15</code>.",
        typed=typed[:64],
    )


def stale(texts: Texts) -> str:
    """Answer a button whose list is forgotten."""
    return texts.label("This list is out of date. Send /ledger again.")


def nothing_to_file(texts: Texts) -> str:
    """Answer who wants a file of nothing."""
    return texts.label("There is no case to write into a file.")
