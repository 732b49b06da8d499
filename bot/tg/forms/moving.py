"""A group becomes a supergroup: the forms that are open in it go on there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.tg.forms import display, store, walk
from bot.tg.forms import texts as say
from bot.tg.forms.values import Unreadable
from bot.tg.outbox import outbox_store

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import timedelta

    from bot.kernel.groups import Group
    from bot.kernel.ids import ChatId
    from bot.tg.context import Scope
    from bot.tg.forms.model import Form
    from bot.tg.forms.store import OpenForm


async def move_forms(
    scope: Scope, forms: Mapping[str, Form[Any]], group: Group, former: ChatId, patience: timedelta
) -> None:
    """Ask the open question of each form anew in the chat the group has now: no message of before can be answered there.

    Who has begun another form there meanwhile keeps that one.
    """
    for row in await store.in_chat(scope.tx, former):
        form = forms.get(row.name)
        taken = await store.of_person(scope.tx, row.user_id, group.chat_id)
        if form is None or taken is not None or scope.now >= row.expires_at:
            await store.remove(scope.tx, row.id)
            continue
        if row.prompt_message_id is None:
            await outbox_store.withdraw(scope.tx, [row.prompt_effect], scope.now)
        row.chat_id, row.thread_id, row.origin_message_id = group.chat_id, None, None
        row.step += 1
        row.expires_at = scope.now + patience
        await _ask_there(scope, form, row, group)


async def _ask_there(scope: Scope, form: Form[Any], row: OpenForm, group: Group) -> None:
    # In a managers' chat a form may be about another group.
    meant = group if row.group_id in {None, group.id} else scope.group(row.group_id or 0)
    texts = scope.texts(meant or group)
    try:
        here = walk.walk(form, row, texts, scope.now, meant)
    except Unreadable:
        await store.remove(scope.tx, row.id)
        return
    display.post(scope, row, display.draw(here, [say.moved(texts)]))
    await store.move(scope.tx, row)
