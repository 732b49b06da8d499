"""Who has come to the private conversation, and what menu they were last given: on both databases."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.db.engine import Database
from bot.kernel.ids import UserId
from bot.tg import own_menus, own_menus_store

if TYPE_CHECKING:
    pass

ANN, BEN, EVA = UserId(11), UserId(12), UserId(5_000_000_000)


async def test_only_who_has_come_can_be_given_a_menu(database: Database) -> None:
    async with database.write() as tx:
        await own_menus.came(tx, EVA)
        await own_menus.came(tx, ANN)
        assert await own_menus.which_have_come(tx, [EVA, BEN, ANN]) == [ANN, EVA]
        assert await own_menus.which_have_come(tx, []) == []
        assert await own_menus_store.look(tx, BEN) is None
        await own_menus_store.set_look(tx, BEN, "x")
        assert await own_menus_store.look(tx, BEN) is None


async def test_coming_again_keeps_what_was_given(database: Database) -> None:
    async with database.write() as tx:
        await own_menus.came(tx, ANN)
        assert await own_menus_store.look(tx, ANN) == ""
        await own_menus_store.set_look(tx, ANN, "abc")
        await own_menus.came(tx, ANN)
        assert await own_menus_store.look(tx, ANN) == "abc"
