"""What members see: the button below the announcement, what a tap on it does, and the screenshot they send in private."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

from bot.announcements import service as core
from bot.announcements.handlers.posting import thread_of
from bot.announcements.handlers.reminding import run_lines
from bot.announcements.rules.announcement import State
from bot.announcements.rules.asked import Closed, Over
from bot.announcements.sharing import service
from bot.announcements.sharing.handlers import codes
from bot.announcements.sharing.rules.campaign import Noted, TakenBack, Twice
from bot.announcements.sharing.texts import words as say
from bot.i18n import Html
from bot.members import service as members
from bot.members.rules import Presence
from bot.tg import effects as fx
from bot.tg.access import Declined
from bot.tg.capability import NO_GROUP_NEEDED
from bot.tg.forms import Choice, Form, Problem, Question

if TYPE_CHECKING:
    from collections.abc import Sequence

    from telegram import Update

    from bot.announcements.handlers.posting import Posting
    from bot.announcements.rules.announcement import Announcement
    from bot.i18n import Texts
    from bot.kernel.groups import Group
    from bot.tg.context import Context, Scope
    from bot.tg.forms import Asking, Reply

_NONE: Final = "none"
_BACK: Final = "back"
_HIGHEST_ID: Final = 1 << 63


@dataclass(frozen=True, slots=True)
class Members:
    """The handlers; ``posting`` keeps the button up to date."""

    posting: Posting

    async def tapped(self, _update: Update, context: Context, post_id: int) -> None:
        """Note that somebody has passed it on, or take that back; where proof is wanted, lead to sending it."""
        actor = context.actor
        outcome = await service.tap(context.tx, context.group.id, post_id, actor.user_id, actor.name, context.now)
        if isinstance(outcome, Noted | TakenBack):
            self.posting.keys_changed(context.scope, post_id)
        if isinstance(outcome, Noted | Twice) and outcome.wants_proof:
            url = f"https://t.me/{context.scope.bot_username}?start={codes.LINK}-{post_id}"
            context.toast("", url=url)
        else:
            context.toast(say.tapped(context.texts, outcome), alert=isinstance(outcome, Over))

    async def keys(self, scope: Scope, group: Group, item: Announcement, texts: Texts) -> Sequence[fx.Key]:
        """Return the button, with how many have tapped it; none once the campaign has ended."""
        wish = service.wish_of(item)
        if wish is None:
            return ()
        # Nobody has answered what has never been on its way.
        found = await service.count(scope.tx, item.id) if item.attempt else None
        if found is not None and (found[0].closed or found[0].is_over(scope.now)):
            return ()
        return (codes.SHARED.key(say.shared_label(texts, 0 if found is None else found[1]), group, item.id),)

    @staticmethod
    def first_key(texts: Texts, group: Group, item: Announcement) -> fx.Key:
        """Return the button as it stands below a reminder in private."""
        return codes.SHARED.key(say.shared_label(texts, 0), group, item.id)

    async def posted(self, scope: Scope, group: Group, item: Announcement) -> None:
        """Begin to ask, now that it stands in the group, and say so below it; some may have been faster."""
        if service.wish_of(item) is None:
            return
        asked = await service.campaign_of(scope.tx, item.id)
        if asked is None:
            asked = await service.begin(scope.tx, item, scope.now)
        else:
            self.posting.keys_changed(scope, item.id)
        if asked is None or item.message_id is None:
            return
        message = fx.SendMessage(
            group.chat_id,
            str(say.please(scope.texts(group), asked)),
            reply_to=item.message_id,
            thread_id=thread_of(group, item),
            silent=True,
        )
        scope.effects.put(message, priority=fx.Priority.BROADCAST, group_id=group.id)

    @staticmethod
    async def ended(scope: Scope, _group: Group, item: Announcement) -> None:
        """Begin to ask also where it was a manager who said that it stands in the group."""
        by_hand = item.state is State.PUBLISHED and item.message_id is None
        if by_hand and service.wish_of(item) is not None and await service.campaign_of(scope.tx, item.id) is None:
            await service.begin(scope.tx, item, scope.now)

    async def withdrawn(self, scope: Scope, _group: Group, item: Announcement) -> None:
        """Ask no more."""
        await service.close(scope.tx, item.id, scope.now)

    @staticmethod
    async def lines(scope: Scope, _group: Group, item: Announcement, texts: Texts) -> Sequence[Html]:
        """Say on the managers' card what is asked."""
        wish = service.wish_of(item)
        if wish is None:
            return ()
        asked = None if item.posted_at is None else await service.campaign_of(scope.tx, item.id)
        if asked is None:
            return (say.draft_line(texts, wish, scope.now, item.due_at),)
        if asked.closed:
            return ()
        first = say.over_line(texts, asked) if asked.is_over(scope.now) else say.line(texts, asked)
        return (first, *await run_lines(scope, service.FEED, item, asked, texts))

    # The screenshot

    async def by_link(self, _update: Update, context: Context, rest: str) -> None:
        """``/start share-…``: ask for the screenshot, of the announcement that a link names."""
        known = rest.isascii() and rest.isdigit() and int(rest) < _HIGHEST_ID
        item, group = await self._of(context, int(rest) if known else 0)
        asked = await service.campaign_of(context.tx, item.id)
        barred = None if asked is None else asked.barred(context.now)
        if barred is not None:
            raise Declined(Html.escape(say.tapped(context.texts, barred)))
        context.spoken = replace(context.spoken, group=None, standing=None, names_group=False)
        await context.start_form(
            codes.PROOF_FORM, {"post": item.id, "number": item.number, "title": group.label or group.title}
        )

    def form(self) -> Form[Any]:
        """Return the form: one photo, or what is chosen instead."""
        photo = Question(
            "photo",
            say.PROOF,
            lambda asking: say.ask_proof(asking.texts, asking.answers["number"], asking.answers["title"]),
            _photo,
            str,
            choices=_choices,
            show=_sent,
        )
        return Form(codes.PROOF_FORM, say.FORM_PROOF, (photo,), self.finish, access=NO_GROUP_NEEDED)

    async def finish(self, _update: Update, context: Context, answers: dict[str, Any]) -> None:
        """Keep the screenshot."""
        item, _ = await self._of(context, answers["post"])
        actor, given = context.actor, answers["photo"]
        if given == _BACK:
            outcome = await service.take_back(context.tx, item.id, actor.user_id, context.now)
        elif given == _NONE:
            found = await service.face(context.tx, item.id, actor.user_id)
            outcome = Closed() if found is None or found[1] is None else Twice(found[1])
        else:
            outcome = await service.prove(context.tx, item.id, actor.user_id, actor.name, given, context.now)
        if isinstance(outcome, Noted | TakenBack):
            self.posting.keys_changed(context.scope, item.id)
        context.reply(say.proved(context.texts, outcome))

    @staticmethod
    async def _of(context: Context, post_id: int) -> tuple[Announcement, Group]:
        """Return an announcement of a group that the speaker is in.

        :raises Declined: if there is none, or nothing is asked with it, or they are not in the group.
        """
        item = await core.get(context.tx, post_id)
        group = None if item is None else context.scope.group(item.group_id)
        if item is None or group is None or service.wish_of(item) is None or item.state is not State.PUBLISHED:
            raise Declined(say.gone(context.texts))
        member = await members.member(context.tx, group.id, context.actor.user_id)
        if member is None or member.presence is not Presence.PRESENT:
            raise Declined(say.not_in_group(context.texts))
        return item, group


def _photo(asking: Asking, reply: Reply) -> str | Problem:
    if reply.media is not None and reply.media[0] == "photo":
        return reply.media[1]
    return Problem(say.photo_wanted(asking.texts))


def _sent(asking: Asking, given: str) -> Html:
    labels = (choice.label for choice in _choices(asking) if choice.value == given)
    return Html.escape(next(labels, asking.texts.label(say.SENT)))


def _choices(asking: Asking) -> list[Choice]:
    return [Choice(asking.texts.label(say.NO_PROOF), _NONE), Choice(asking.texts.label(say.TAKE_BACK), _BACK)]
