"""Names, steps and reasons as every sentence about cases uses them."""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

from bot.i18n import N_, Html
from bot.violations.rules.case import State, Why
from bot.violations.rules.ladder import Rung

if TYPE_CHECKING:
    from bot.i18n import Texts
    from bot.violations.rules.case import Case, Evidence, Person
    from bot.violations.rules.ladder import Step
    from bot.violations.rules.many import Several

TITLE = N_("Warnings")
HELP_WARN = N_("Warn somebody: the case gets a number, and the card says what comes next")
HELP_UNWARN = N_("Undo a warning")
HELP_MUTE = N_("Keep somebody from writing for a while")
HELP_KICK = N_("Remove somebody, who may join again")
HELP_BAN = N_("Remove somebody and keep them out, for a time or for good")
HELP_UNMUTE = N_("Let somebody write again; warnings go on counting")
HELP_UNBAN = N_("Let somebody join again who was removed")
MUTE_BUTTON = N_("🔇 Mute somebody")
KICK_BUTTON = N_("👢 Kick somebody")
BAN_BUTTON = N_("⛔ Ban somebody")
UNMUTE_BUTTON = N_("🔊 End a mute")
UNBAN_BUTTON = N_("🔓 End a ban")
HELP_LADDER = N_("What happens after the first, second, third warning")
HELP_SET = N_("Set what happens after the first, second, third warning")
HELP_DEFAULT = N_("Go back to the steps every group begins with")
WARN_BUTTON = N_("⚠️ Warn somebody")
UNWARN_BUTTON = N_("↩️ Undo a warning")
LADDER_BUTTON = N_("Steps after a warning")
SET_BUTTON = N_("🪜 Set the steps after a warning")
SET_TITLE = N_("Steps after a warning")
HELP_CHOICES = N_("How long cases count, how many steps a day, who has to agree, whom cards name")
CHOICES_BUTTON = N_("⚖️ How cases count")
CHOICES_TITLE = N_("Settings of the ledger")
STEPS = (
    N_("Step 1"),
    N_("Step 2"),
    N_("Step 3"),
    N_("Step 4"),
    N_("Step 5"),
    N_("Step 6"),
    N_("Step 7"),
    N_("Step 8"),
)
REASONS = (
    N_("Spam or advertising"),
    N_("Insult or disrespect"),
    N_("Interrupting others"),
    N_("Off topic"),
    N_("Unproven claims"),
)
"""Ready-made reasons; anything else can be typed."""

PHRASES: dict[str, str] = {
    "case.opened": N_("{actor} warned {target} (case #{number}): {reason}"),
    "case.mute": N_("{actor} muted {target} (case #{number}): {reason}"),
    "case.kick": N_("{actor} kicked {target} (case #{number}): {reason}"),
    "case.ban": N_("{actor} banned {target} (case #{number}): {reason}"),
    "case.unmute": N_("{actor} ended the mute of {target} (case #{number})"),
    "case.unban": N_("{actor} ended the ban of {target} (case #{number})"),
    "case.undone": N_("{actor} undid case #{number} of {target}"),
    "case.lifted": N_("{actor} lifted case #{number} of {target} after an appeal"),
    "case.lifted_alone": N_("{actor} lifted case #{number} of {target} after an appeal, as nobody else could decide"),
    "case.reduced": N_("{actor} made case #{number} of {target} lighter after an appeal"),
    "case.reduced_alone": N_(
        "{actor} made case #{number} of {target} lighter after an appeal, as nobody else could decide"
    ),
    "case.instead": N_("{actor} put case #{number} of {target} in place of case #{of}"),
    "case.result": N_("case #{number} of {target}: {before} → {after}"),
    "case.retried": N_("{actor} tried case #{number} of {target} again"),
    "case.decided": N_("{actor}, on the removal in case #{number} of {target}: {after}"),
    "case.given_up": N_("case #{number} of {target} is not tried again"),
    "case.left": N_("{target} left after being asked to (case #{number})"),
    "case.stayed": N_("{target} did not leave when asked to: removal is proposed in case #{number}"),
    "ladder.set": N_("{actor} changed the steps after a warning: {after}"),
    "ladder.set_for": N_("{actor} gave rule {rule} steps of its own: {after}"),
    "ladder.dropped": N_("{actor} took the steps of its own from rule {rule}"),
    "ledger.set": N_("{actor} changed the settings of the ledger: {before} → {after}"),
    "ledger=expiry": N_("a case counts for"),
    "ledger=clean": N_("all is forgotten after"),
    "ledger=daily_cap": N_("steps of the bot a day"),
    "ledger=points": N_("points"),
    "ledger=second": N_("second manager for kicks and bans"),
    "ledger=hidden": N_("moderator not named"),
    "ledger=leave_within": N_("time to leave"),
    "ledger=True": N_("on"),
    "ledger=False": N_("off"),
    "case=none": N_("nothing to do"),
    "case=proposed": N_("proposed"),
    "case=declined": N_("declined"),
    "case=lapsed": N_("not decided in time"),
    "case=withdrawn": N_("withdrawn"),
    "case=ordered": N_("on its way"),
    "case=done": N_("done"),
    "case=refused": N_("refused by Telegram"),
    "case=uncertain": N_("not confirmed"),
    "case=paused": N_("ended by a removal"),
    "case=lifting": N_("being lifted"),
    "case=lifted": N_("lifted"),
    "case=lift_refused": N_("not lifted"),
    "ladder=notice": N_("a notice"),
    "ladder=mute": N_("a mute"),
    "ladder=warning": N_("a warning"),
    "ladder=serious": N_("a serious warning"),
    "ladder=leave": N_("the request to leave"),
    "ladder=removal": N_("removal, if a second manager agrees"),
    "ladder=restrict": N_("nothing but text"),
    "ladder=kick": N_("a kick"),
    "ladder=ban": N_("a ban for good"),
}
"""The audit log's phrases for what happens here."""


_REMOVALS = {
    (state, undone): words if not undone else taken_back
    for state, words, taken_back in (
        (State.NONE, N_("one more warning while a removal was open"), N_("one more warning, then undone")),
        (State.PROPOSED, N_("removal proposed; a second manager decides"), N_("removal proposed, then undone")),
        (State.DECLINED, N_("removal proposed and declined"), N_("removal declined, then undone")),
        (State.LAPSED, N_("removal proposed, but not decided in time"), N_("removal not decided, then undone")),
        (State.WITHDRAWN, N_("removal proposed and withdrawn"), N_("removal proposed, then undone")),
        (State.ORDERED, N_("removal agreed on"), N_("removal agreed on, then undone")),
        (State.UNCERTAIN, N_("removal agreed on, not confirmed"), N_("removal agreed on, then undone")),
        (State.REFUSED, N_("removal agreed on, refused by Telegram"), N_("removal agreed on, then undone")),
        (State.DONE, N_("removed"), N_("removed, then undone")),
        (State.PAUSED, N_("removed"), N_("removed, then undone")),
        (State.LIFTING, N_("removed"), N_("removed, then undone")),
        (State.LIFTED, N_("removed"), N_("removed, then undone")),
        (State.LIFT_REFUSED, N_("removed"), N_("removed, then undone")),
    )
    for undone in (False, True)
}
"""What is said in short of a case that is a removal: by how far it went, and whether it was undone."""
_UNDECIDED = frozenset({State.NONE, State.PROPOSED, State.DECLINED, State.LAPSED, State.WITHDRAWN})


def mention(person: Person) -> Html:
    """Write a person so that they are told; a channel, which nobody can tell, by its title."""
    if person.is_channel:
        return Html("<b>{}</b>").format(shown(person))
    return Html('<a href="tg://user?id={}">{}</a>').format(int(person.user_id), shown(person))


def shown(person: Person) -> str:
    """Write a person without telling them; their number where they have no name."""
    return person.name or f"#{person.user_id}"


def number(case: Case) -> str:
    """Write a case's number, the same in every language: people type it."""
    return f"#{case.number}"


def step(texts: Texts, what: Step) -> Html:
    """Name what a step brings, inside a sentence."""
    if what.mute is None:
        return _bare_step(texts, what.rung)
    length = texts.duration(what.mute)
    match what.rung:
        case Rung.MUTE:
            return texts.gettext("a mute of {length}", length=length)
        case Rung.WARNING:
            return texts.gettext("a warning and a mute of {length}", length=length)
        case Rung.SERIOUS:
            return texts.gettext("a serious warning and a mute of {length}", length=length)
        case Rung.LEAVE:
            return texts.gettext("a mute of {length} and the request to leave", length=length)
        case Rung.RESTRICT:
            return texts.gettext("nothing but text for {length}", length=length)
        case Rung.BAN:
            return texts.gettext("a ban of {length}", length=length)
        case Rung.REMOVAL | Rung.NOTICE | Rung.KICK | Rung.UNMUTE | Rung.UNBAN:
            return _bare_step(texts, what.rung)
        case _:
            assert_never(what.rung)


def _bare_step(texts: Texts, rung: Rung) -> Html:
    match rung:
        case Rung.NOTICE:
            return texts.gettext("a notice")
        case Rung.MUTE:
            return texts.gettext("a mute")
        case Rung.RESTRICT:
            return texts.gettext("nothing but text")
        case Rung.WARNING:
            return texts.gettext("a warning")
        case Rung.SERIOUS:
            return texts.gettext("a serious warning")
        case Rung.LEAVE:
            return texts.gettext("the request to leave")
        case Rung.REMOVAL:
            return texts.gettext("removal, if a second manager agrees")
        case Rung.KICK:
            return texts.gettext("a kick")
        case Rung.BAN:
            return texts.gettext("a ban for good")
        case Rung.UNMUTE:
            return texts.gettext("the end of a mute")
        case Rung.UNBAN:
            return texts.gettext("the end of a ban")
        case _:
            assert_never(rung)


def outcome(texts: Texts, case: Case) -> Html:
    """Name what a case brought: its step, or how far the removal went, and whether it was undone."""
    if not case.is_removal or (case.step.rung is not Rung.REMOVAL and case.state not in _UNDECIDED):
        what = step(texts, case.step)
        return what if case.undone is None else texts.gettext("{step} (undone)", step=what)
    return texts.gettext(_REMOVALS[case.state, case.undone is not None])


def why_of(texts: Texts, case: Case) -> Html:
    """Say why Telegram did not do what a case ordered, as a sentence."""
    if case.target.is_channel and case.why is Why.TARGET_GONE:
        return texts.gettext(
            "Telegram does not find this channel any more, or does not let it be kept from writing here."
        )
    if case.is_direct and case.why is Why.BASIC_GROUP:
        return texts.gettext("This is a basic group, and Telegram does this only in supergroups.")
    if case.is_direct and case.why is Why.NOT_ALLOWED:
        return texts.gettext("Whoever ordered it no longer has the right to, so I do not try again.")
    return why(texts, case.why)


def why(texts: Texts, reason: Why | None) -> Html:
    """Say why Telegram did not do what was ordered, as a sentence."""
    match reason:
        case Why.NO_RIGHT:
            return texts.gettext("I lack the administrator right to ban users.")
        case Why.TARGET_ADMIN:
            return texts.gettext("Telegram does not let bots act against administrators.")
        case Why.TARGET_GONE:
            return texts.gettext("This person is no longer in the group.")
        case Why.BASIC_GROUP:
            return texts.gettext(
                "This is a basic group, and Telegram can mute people only in supergroups. The warning counts all the same."
            )
        case Why.CHAT_GONE:
            return texts.gettext("I am no longer in the group.")
        case Why.TOO_LATE:
            return texts.gettext("It is too late for it to make sense.")
        case Why.NOT_ALLOWED:
            return texts.gettext("Whoever gave the warning no longer has the right to, so I do not try again.")
        case Why.OTHER | None:
            return texts.gettext("Telegram refused it without a reason I understand.")
        case _:
            assert_never(reason)


_KINDS = {
    "text": N_("a message"),
    "photo": N_("a photo"),
    "video": N_("a video"),
    "document": N_("a file"),
    "animation": N_("an animation"),
    "audio": N_("an audio file"),
    "voice": N_("a voice message"),
    "video_note": N_("a video message"),
    "sticker": N_("a sticker"),
    "poll": N_("a poll"),
    "contact": N_("a contact"),
    "location": N_("a location"),
    "venue": N_("a place"),
    "story": N_("a story"),
    "dice": N_("a die"),
}


def evidence_name(texts: Texts, kind: str) -> str:
    """Name a kind of message."""
    return texts.label(_KINDS.get(kind, _KINDS["text"]))


def evidence(texts: Texts, what: Evidence) -> Html:
    """Name the message somebody was warned for, with a link where it has one."""
    name = Html.escape(evidence_name(texts, what.kind))
    return name if what.link is None else Html('<a href="{}">{}</a>').format(what.link, name)


def rule(texts: Texts, case: Case | Several) -> Html:
    """Name the rule that was breached; nothing where none was named."""
    if not case.rule:
        return Html()
    if not case.rule_title:
        return texts.gettext("Rule {code}", code=case.rule)
    return texts.gettext("Rule {code}: {title}", code=case.rule, title=case.rule_title)


def quoted(what: Evidence, limit: int) -> Html:
    """Quote the message somebody was warned for; nothing where it had no words."""
    line = " ".join(what.text.split())
    if not line:
        return Html()
    return Html("<blockquote>{}</blockquote>").format(line if len(line) <= limit else f"{line[: limit - 1]}…")
