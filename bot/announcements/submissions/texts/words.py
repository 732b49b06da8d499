"""What stands in help, menus, the audit and on buttons; names of states; the parts that all cards share."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.announcements.submissions.rules import State
from bot.announcements.texts import words as core
from bot.i18n import N_, Html, Texts

if TYPE_CHECKING:
    from bot.announcements.rules.content import Content
    from bot.announcements.submissions.rules import Exchange, Submission

TITLE = N_("Submissions")
NEW = N_("✍️ Hand something in")
QUEUE = N_("📥 Submissions")
MINE = N_("📋 What I have handed in")
ACCEPT = N_("✅ Accept")
ASK = N_("❓ Ask back")
DECLINE = N_("🚫 Decline")
ALL = N_("📄 Show it all")
DELETE = N_("🧽 Delete it from the group")
ANSWER = N_("✍️ Answer")
USE = N_("🔁 My answer is the new text")
TAKE_BACK = N_("↩️ Take my submission back")
SETTINGS = N_("⚙️ Submissions")
OWN_CHAT = N_("✉️ Open private chat")
OPEN_POST = N_("Open")

FORM_TITLE = N_("Hand something in")
FORM_ASK_TITLE = N_("Ask back")
FORM_ANSWER_TITLE = N_("Your answer")
FORM_ACCEPT_TITLE = N_("Accept a submission")
FORM_DECLINE_TITLE = N_("Decline a submission")
NUMBER = N_("Number")
CONTENT = N_("Text")
QUESTION = N_("Question")
ANSWER_LABEL = N_("Answer")
REASON = N_("Reason")
CREDIT = N_("Name in the announcement")
VERIFIED = N_("Verified")

HELP = N_("Hand in a text, a photo, a video, a document or an album for the group; whoever reviews it decides")
HELP_LIST = N_("Show what members have handed in")
HELP_MINE = N_("Show what you have handed in, and what became of it")
HELP_SHOW = N_("Show one submission with its buttons")
HELP_LIMIT = N_("Set how many submissions of one member are taken a day")
HELP_ON = N_("Take submissions of members")
HELP_OFF = N_("Take no submissions")
EXAMPLE = N_("/submit Our neighbours look for winter coats.")

STATES = {
    State.WAITING: N_("waits for a decision"),
    State.ASKED: N_("waits for an answer"),
    State.ACCEPTED: N_("accepted"),
    State.PUBLISHED: N_("published"),
    State.DROPPED: N_("not published after all"),
    State.WITHDRAWN: N_("withdrawn from the group"),
    State.DECLINED: N_("not accepted"),
    State.TAKEN_BACK: N_("taken back"),
}
ICONS = {
    State.WAITING: "📥",
    State.ASKED: "❓",
    State.ACCEPTED: "✅",
    State.PUBLISHED: "📣",
    State.DROPPED: "🗄",
    State.WITHDRAWN: "🧹",
    State.DECLINED: "🚫",
    State.TAKEN_BACK: "↩️",
}
EXAMPLE_LIST = N_("/submit list declined")
PHRASES = {
    "submission.handed_in": N_("{actor} handed in submission {target}"),
    "submission.asked": N_("{actor} asked back about submission {target}: {after}"),
    "submission.answered": N_("{actor} answered the question about submission {target}"),
    "submission.changed": N_("{actor} changed the text of submission {target}"),
    "submission.taken_back": N_("{actor} took submission {target} back"),
    "submission.accepted": N_("{actor} accepted submission {target}: it is announcement {announcement}"),
    "submission.verified": N_("{actor} noted how submission {target} was verified: {after}"),
    "submission.deleted": N_("{actor} deleted from the group what was handed in as submission {target}"),
    "submission.declined": N_("{actor} declined submission {target}: {after}"),
    "submission.settings": N_("{actor} changed how submissions are taken"),
}
"""How the audit says what was done."""
EXCERPT = 700
"""So many characters of an answer stand on a card."""


def who(texts: Texts, item: Submission) -> str:
    """Name who handed it in, with their department."""
    if not item.department:
        return item.user_name
    return texts.label("{name} ({department})", name=item.user_name, department=item.department)


def credit(texts: Texts, name: str) -> Html:
    """Write the line of an announcement that names who handed it in."""
    return texts.gettext("<i>Handed in by {name}</i>", name=name)


def state(texts: Texts, item: Submission) -> str:
    """Name where it stands."""
    return texts.label(STATES[item.state])


def body(texts: Texts, item: Submission, *, inline: bool) -> Html:
    """Write its words, or say where they are."""
    if inline:
        return Html(item.content.html)
    return Html("<i>{}</i>").format(core.excerpt(texts, item.content))


def talk(texts: Texts, item: Submission, count: int) -> list[Html]:
    """Write the last ``count`` questions with their answers."""
    return [_exchange(texts, one) for one in item.talk[max(0, len(item.talk) - count) :]]


def question(texts: Texts, one: Exchange) -> Html:
    """Write a reviewer's question."""
    return texts.gettext("❓ {name}: {question}", name=one.name, question=one.question)


def _exchange(texts: Texts, one: Exchange) -> Html:
    asked = question(texts, one)
    if one.answer is None:
        return asked
    said = _short(texts, one.answer)
    told = texts.gettext("💬 Now the text: {answer}", answer=said) if one.used else Html("💬 {}").format(said)
    return Html("{}\n{}").format(asked, told)


def _short(texts: Texts, answer: Content) -> str:
    plain = " ".join(Html(answer.html).striptags().split())
    file = "" if answer.kind is None else f"[{core.file(texts, answer)}] "
    return file + (plain if len(plain) <= EXCERPT else f"{plain[: EXCERPT - 1].rstrip()}…")


def line(texts: Texts, item: Submission, *, named: bool) -> Html:
    """Write one line of a list; ``named`` says who handed it in."""
    values = {
        "icon": ICONS[item.state],
        "number": item.number,
        "state": state(texts, item),
        "excerpt": core.excerpt(texts, item.content),
    }
    if named:
        return texts.gettext("{icon} <b>#{number}</b> {who}: {excerpt} — {state}", who=who(texts, item), **values)
    return texts.gettext("{icon} <b>#{number}</b> {excerpt} — {state}", **values)
