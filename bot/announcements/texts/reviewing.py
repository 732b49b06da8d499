"""What is said about the review of announcements (R09)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.announcements.rules.announcement import State
from bot.announcements.rules.house import Review
from bot.announcements.texts import words
from bot.i18n import N_, Html, Texts

if TYPE_CHECKING:
    from bot.announcements.rules.announcement import Announcement
    from bot.kernel.groups import Group

NUMBER = words.NUMBER
REMARK, REASON = N_("Remark"), N_("Reason")
FORM_BACK, FORM_REJECT = N_("Send the announcement back"), N_("Reject the announcement")


def ask_remark(texts: Texts) -> Html:
    """Ask with what remark it goes back."""
    return texts.gettext("What should be changed? The author gets your remark and works on the same draft.")


def ask_reason(texts: Texts) -> Html:
    """Ask why it is rejected."""
    return texts.gettext("Why will it not go out? The author is told your reason.")


def handed_in(texts: Texts, item: Announcement, shown: int) -> Html:
    """Answer the handing in; ``shown`` is to how many it was shown."""
    if not shown:
        return texts.gettext(
            "#{number} waits for review, but nobody who may review it can be reached. Name a managers’ chat with"
            " /managerschat, or ask a reviewer to send me /start in private.",
            number=item.number,
        )
    if item.pending is not None:
        return texts.gettext(
            "The change of #{number} waits for review. Until then the group sees the words as they were.",
            number=item.number,
        )
    return texts.gettext("#{number} waits for review. I tell you when it is decided.", number=item.number)


def not_there(texts: Texts, number: int) -> Html:
    """Answer the handing in of one that was perhaps published."""
    return texts.gettext(
        "#{number} is taken as not posted: it goes out only when it is approved and published.", number=number
    )


def own_word(texts: Texts, number: int) -> str:
    """Answer the owner, who needs nobody else."""
    return texts.label("#{number} is approved: you are the owner, and nobody else’s word is needed.", number=number)


def approved(texts: Texts, number: int) -> str:
    """Answer an approval."""
    return texts.label("You have approved #{number} as it stands here.", number=number)


def approved_as_handed(texts: Texts, item: Announcement) -> Html:
    """Answer an approval that was typed, with what was meant by it."""
    return texts.gettext(
        "You have approved #{number} as it was handed in: “{excerpt}”",
        number=item.number,
        excerpt=words.excerpt(texts, item.content),
    )


def sent_back(texts: Texts, item: Announcement, *, told: bool) -> Html:
    """Answer the sending back, of a change too."""
    if told and item.state is State.PUBLISHED:
        return texts.gettext(
            "The change of #{number} is back with its author, with your remark. The group keeps the words as they were.",
            number=item.number,
        )
    if told:
        return texts.gettext("#{number} is back with its author, with your remark.", number=item.number)
    return texts.gettext(
        "#{number} is back with its author, who cannot be reached in private: please tell them. Your remark is on the card.",
        number=item.number,
    )


def rejected(texts: Texts, item: Announcement, *, told: bool) -> Html:
    """Answer the rejection, of a change too."""
    if item.state is State.PUBLISHED:
        said = texts.gettext(
            "The change of #{number} is rejected. The group keeps the words as they were.", number=item.number
        )
        why = (
            N_("Its author is told why.") if told else N_("Its author cannot be reached in private: please tell them.")
        )
        return texts.flow(said, texts.gettext(why))
    if told:
        return texts.gettext("#{number} is rejected; its author is told why.", number=item.number)
    return texts.gettext(
        "#{number} is rejected. Its author cannot be reached in private: please tell them why.", number=item.number
    )


# What the author is told


def told_approved(texts: Texts, item: Announcement, group: Group) -> Html:
    """Tell the author that it is approved, and what comes next."""
    if item.state is State.PUBLISHED:
        return texts.gettext("✅ {name} has approved your change of #{number} in {group}.", **_names(item, group))
    said = texts.gettext("✅ {name} has approved announcement #{number} in {group}.", **_names(item, group))
    if item.state is State.SCHEDULED and item.due_at is not None:
        return texts.flow(said, texts.gettext("It goes out {when}.", when=texts.when(item.due_at)))
    if item.is_pattern:
        return texts.flow(said, texts.gettext("It goes out on its dates."))
    return texts.flow(said, texts.gettext("Somebody who may publish can send it out now."))


def told_sent_back(texts: Texts, read: Announcement, item: Announcement, group: Group, written: Html) -> Html:
    """Tell the author what to change; ``read`` is what the reviewer has read, ``written`` the words of a change."""
    if read.pending is not None:
        return texts.gettext(
            "↩️ {name} has sent your change of #{number} in {group} back:\n<blockquote>{remark}</blockquote>\nThis is what"
            " you had written:\n{words}",
            **_names(item, group),
            words=written,
        )
    return texts.gettext(
        "↩️ {name} has sent announcement #{number} (“{excerpt}”) in {group} back:\n<blockquote>{remark}</blockquote>\nIt"
        " is a draft again. Change it and hand it in once more.",
        **_names(item, group),
        excerpt=words.excerpt(texts, read.content),
    )


def told_rejected(texts: Texts, read: Announcement, item: Announcement, group: Group) -> Html:
    """Tell the author that it will not go out."""
    if read.pending is not None:
        return texts.gettext(
            "🚫 {name} has rejected your change of #{number} in {group}:\n<blockquote>{remark}</blockquote>",
            **_names(item, group),
        )
    return texts.gettext(
        "🚫 {name} has rejected announcement #{number} (“{excerpt}”) in {group}:\n<blockquote>{remark}</blockquote>",
        **_names(item, group),
        excerpt=words.excerpt(texts, read.content),
    )


def _names(item: Announcement, group: Group) -> dict[str, object]:
    return {
        "name": item.remark_by or item.reviewer_name,
        "number": item.number,
        "group": group.label or group.title,
        "remark": item.remark,
    }


def told_unreviewed(texts: Texts, item: Announcement, group: Group) -> Html:
    """Tell that its time came before anybody had approved it."""
    return texts.gettext(
        "⚠️ Announcement #{number} (“{excerpt}”) was to go out in {group} now, but nobody has approved it as it is. It waits"
        " for review, without a time.",
        number=item.number,
        excerpt=words.excerpt(texts, item.content),
        group=group.label or group.title,
    )


# Refusals


def unreviewed(texts: Texts, item: Announcement, review: Review) -> Html:
    """Say that it cannot go out yet."""
    if item.state is State.UNCERTAIN:
        return texts.gettext(
            "#{number} is not approved as it is, so it is not sent again. If it is not in the group, hand it in with"
            " <code>/announce submit {number}</code>.",
            number=item.number,
        )
    if item.state is State.IN_REVIEW:
        return texts.gettext(
            "#{number} waits for review, and nobody has approved it yet: until then it does not go out.",
            number=item.number,
        )
    if review is Review.OWNER:
        return texts.gettext(
            "#{number} is not approved as it is. In this group the owner approves what goes out; hand it in with"
            " <code>/announce submit {number}</code>.",
            number=item.number,
        )
    return texts.gettext(
        "#{number} is not approved as it is. In this group somebody other than the author reads it first; hand it in with"
        " <code>/announce submit {number}</code>.",
        number=item.number,
    )


def no_review(texts: Texts, item: Announcement) -> Html:
    """Say that nobody reviews here."""
    return texts.gettext(
        "Nobody needs to review announcements in this group: whoever may publish can send #{number} out."
        " /announce settings changes that.",
        number=item.number,
    )


def not_reviewer(texts: Texts, item: Announcement, review: Review) -> Html:
    """Say why this is not for them to decide."""
    if review is Review.OWNER:
        return texts.gettext("In this group only the owner decides about #{number}.", number=item.number)
    return texts.gettext(
        "You have written or changed #{number} yourself: somebody else has to read it.", number=item.number
    )


def changed(texts: Texts, item: Announcement) -> Html:
    """Say that the words are others now."""
    return texts.gettext(
        "#{number} was changed after this card was shown. Open it anew with <code>/announce show {number}</code> and read"
        " it again.",
        number=item.number,
    )


def changed_since(texts: Texts, item: Announcement) -> Html:
    """Say that what is typed now would approve something else than what was handed in."""
    return texts.gettext(
        "#{number} was changed after it was handed in. Read it with <code>/announce show {number}</code>: the button there"
        " approves what stands on it.",
        number=item.number,
    )


def remark_too_long(texts: Texts, length: int, limit: int) -> Html:
    """Say that a remark has too many characters."""
    return texts.gettext(
        "The remark has {length} characters; it may have {limit}.",
        length=texts.number(length),
        limit=texts.number(limit),
    )


# On the card


WAYS = {
    Review.NONE: N_("none"),
    Review.OTHER: N_("one reviewer other than the author"),
    Review.OWNER: N_("the owner only"),
}


def on_card(texts: Texts, item: Announcement) -> Html | None:
    """Say who has approved it, and what was remarked on it, or on the last change of it."""
    said = []
    if item.approval:
        said.append(texts.gettext("✅ approved by {name}", name=item.reviewer_name))
    if item.remark:
        said.append(
            texts.gettext(
                "{name} remarked:\n<blockquote>{remark}</blockquote>", name=item.remark_by, remark=item.remark
            )
        )
    return Html("\n").join(said) if said else None
