from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from bot.i18n import N_, texts_for
from bot.kernel.ids import UserId
from bot.kernel.roles import ALL_RIGHTS, Right, Standing
from bot.tg.capability import Access, Capability, Command, Observer, Places
from bot.tg.menus import (
    HELP_PAGE,
    allowed_updates,
    help_capability,
    help_html,
    help_of,
    help_page_of,
    own_menu,
    telegram_menus,
)
from bot.tg.pages import MESSAGE_LIMIT, visible_length
from bot.tg.panel import RUN, RUN_IN, panel_of, section_of
from bot.tg.sections import Section
from tests.databases import sqlite_database
from tests.tg.forms.talk import ANN, BEN, GROUP, GROUP_CHAT, Talk

if TYPE_CHECKING:
    from pathlib import Path

    from telegram import Update

    from bot.i18n import Html
    from bot.tg import envelope as env
    from bot.tg.buttons import ButtonCode
    from bot.tg.context import Context, Scope
    from bot.tg.effects import Keyboard

EN = texts_for("en", "UTC")
OWNER = Standing(UserId(ANN), rights=ALL_RIGHTS)
MEMBER = Standing(UserId(BEN))


async def nothing(_update: Update, _context: Context) -> None:
    return None


async def observe(_scope: Scope, _update: env.Update) -> None:
    return None


WARN = Command(
    "warn",
    nothing,
    N_("Warn a member"),
    usage=("/warn @ann <reason>",),
    access=Access(Right.MODERATE, Places.GROUP),
    title=N_("Warn"),
)
CREATE = Command(
    "event",
    nothing,
    N_("Create an event"),
    sub="create",
    sub_aliases=("创建",),
    access=Access(Right.EVENTS),
    title=N_("New event"),
)
LIST = Command("event", nothing, N_("Show what is coming up"), sub="list", title=N_("Events"))
MINE = Command("mine", nothing, N_("Show what is stored about you"), access=Access(places=Places.PRIVATE))
HIDDEN = Command("debug", nothing, N_("Nobody sees this"), listed=False)
CAPABILITIES = [
    Capability("violations", N_("Warnings"), commands=(WARN,), observers=(Observer("member", observe),)),
    Capability("events", N_("Events"), commands=(CREATE, LIST)),
    Capability("privacy", N_("Privacy"), commands=(MINE, HIDDEN)),
]


# /help


def test_a_manager_sees_everything_in_private() -> None:
    html = str(help_html(EN, CAPABILITIES, OWNER, private=True))

    assert "<b>Events</b>\n/event create — Create an event\n/event list — Show what is coming up" in html
    assert "/warn — Warn a member (in the group)" in html
    assert "/mine — Show what is stored about you (in private)" in html
    assert "debug" not in html


@pytest.mark.parametrize("standing", [MEMBER, None])
def test_a_member_sees_only_what_a_member_may_do(standing: Standing | None) -> None:
    html = str(help_html(EN, CAPABILITIES, standing, private=True))

    assert "/event list" in html
    assert "create" not in html
    assert "Warnings" not in html


def test_help_in_a_group_is_short() -> None:
    html = str(help_html(EN, CAPABILITIES, OWNER, private=False))

    assert html.startswith("You can use /warn /event\n")
    assert "/mine" not in html


@pytest.mark.parametrize("asked", ["warn", "/warn", "/warn@qg_bot", " WARN "])
def test_one_command_is_explained(asked: str) -> None:
    html = str(help_of(EN, CAPABILITIES, asked, OWNER))

    assert html == "<b>/warn</b> — Warn a member\n<code>/warn @ann &lt;reason&gt;</code>"


def test_a_command_one_may_not_use_says_who_may() -> None:
    assert "<i>For people who may warn and mute.</i>" in help_of(EN, CAPABILITIES, "warn", MEMBER)


def test_a_sub_command_is_found_by_any_of_its_names() -> None:
    assert help_of(EN, CAPABILITIES, "event create", OWNER) == help_of(EN, CAPABILITIES, "/event 创建", OWNER)
    assert "/event list" in help_of(EN, CAPABILITIES, "event", OWNER)
    assert "/event list" not in help_of(EN, CAPABILITIES, "event create", OWNER)


def test_of_many_commands_each_has_a_line_and_a_page_fits_into_a_message() -> None:
    long = N_("Do one of so many things that no message could hold what all of them are for")
    subs = [
        Command("work", nothing, long, ("/work",), sub=f"sub{n}", access=Access(Right.EVENTS if n % 2 else None))
        for n in range(100)
    ]
    many = [Capability("work", N_("Work"), commands=tuple(subs))]
    for standing, first in ((OWNER, ("sub0", "sub1")), (MEMBER, ("sub0", "sub2"))):
        html, keys = help_page_of(EN, many, "work", standing, None)
        assert visible_length(html) <= MESSAGE_LIMIT
        assert [line.partition(" — ")[0] for line in str(html).splitlines()[1:3]] == [f"/work {sub}" for sub in first]
        assert keys
        last, _ = help_page_of(EN, many, "work", standing, None, 99)
        assert str(last).splitlines()[-1].startswith("/work sub9")
    assert help_page_of(EN, many, "work sub3", OWNER, None) == (help_of(EN, many, "work sub3", OWNER), ())


def test_an_unknown_command_is_not_explained() -> None:
    assert "I do not know /&lt;b&gt;" in help_of(EN, CAPABILITIES, "<b>", OWNER)


# /menu


def test_the_panel_has_a_button_for_what_one_may_do() -> None:
    html, keyboard = panel_of(EN, CAPABILITIES, OWNER, GROUP, Places.PRIVATE)

    assert html == "<b>Hikers</b>\nWhat would you like to do?"
    assert [[(key.text, key.data) for key in line] for line in keyboard] == [
        [("Warn", "m.run:5:warn")],
        [("New event", "m.run:5:event.create"), ("Events", "m.run:5:event.list")],
    ]


def test_the_panel_leaves_out_what_does_not_work_here_or_for_this_person() -> None:
    assert labels(panel_of(EN, CAPABILITIES, OWNER, GROUP, Places.GROUP)) == ["New event", "Events"]
    assert labels(panel_of(EN, CAPABILITIES, MEMBER, GROUP, Places.PRIVATE)) == ["Events"]


def test_an_empty_panel_says_so() -> None:
    assert panel_of(EN, [CAPABILITIES[2]], MEMBER, GROUP, Places.PRIVATE)[1] == ()


def labels(page: tuple[Html, Keyboard] | None) -> list[str]:
    assert page is not None
    return [key.text for line in page[1] for key in line]


def sectioned() -> list[Capability]:
    """Return capabilities whose commands stand on pages, one of them on another than the rest."""
    away = replace(WARN, section=Section.MEMBERS)
    return [
        replace(CAPABILITIES[0], commands=(away,), section=Section.VIOLATIONS),
        replace(CAPABILITIES[1], section=Section.EVENTS),
    ]


def test_a_section_is_a_page_of_its_own_and_one_with_a_single_button_is_that_button() -> None:
    _, keyboard = panel_of(EN, sectioned(), OWNER, GROUP, Places.PRIVATE)
    assert [(key.text, key.data) for line in keyboard for key in line] == [
        ("🗓 Events", "m.s:5:events"),
        ("Warn", "m.run:5:warn"),
    ]
    page = section_of(EN, sectioned(), OWNER, GROUP, Places.PRIVATE, Section.EVENTS)
    assert page is not None
    assert page[0] == "<b>Hikers</b>\n🗓 Events: what would you like to do?"
    assert [(key.text, key.data) for line in page[1] for key in line] == [
        ("New event", "m.in:5:events:event.create"),
        ("Events", "m.in:5:events:event.list"),
        ("‹ Menu", "m.p:5"),
    ]


def test_who_has_few_rights_sees_only_what_is_theirs() -> None:
    assert labels(panel_of(EN, sectioned(), MEMBER, GROUP, Places.PRIVATE)) == ["Events"]
    assert section_of(EN, sectioned(), MEMBER, GROUP, Places.PRIVATE, Section.MEMBERS) is None


def test_what_the_page_of_another_command_leads_to_is_left_out_for_whoever_may_use_that_one() -> None:
    within = replace(CAPABILITIES[1], commands=(CREATE, replace(LIST, within="event.create")))
    assert labels(panel_of(EN, [within], OWNER, GROUP, Places.PRIVATE)) == ["New event"]
    assert labels(panel_of(EN, [within], MEMBER, GROUP, Places.PRIVATE)) == ["Events"]


# Telegram's menus


def test_telegrams_menus_are_by_scope_and_language() -> None:
    menus = {(menu.scope, menu.language): menu for menu in telegram_menus(CAPABILITIES, ["en", "zh_Hans"])}

    assert set(menus) == {(s, code) for s in ("default", "private", "groups", "admins") for code in ("", "zh")}
    assert [row.name for row in menus["groups", ""].commands] == ["event"]
    assert [row.name for row in menus["default", ""].commands] == ["event", "mine"]
    assert [row.name for row in menus["admins", ""].commands] == ["warn", "event"]
    assert [row.name for row in menus["private", "zh"].commands] == ["event", "mine"]
    assert menus["private", ""].commands[0].description == "Show what is coming up"


def test_who_has_rights_has_a_menu_of_their_own_in_private() -> None:
    own = own_menu(CAPABILITIES, EN, frozenset({Right.EVENTS}))
    assert [(row.name, row.description) for row in own] == [
        ("event", "Create an event (create, list)"),
        ("mine", "Show what is stored about you"),
    ]
    assert [row.name for row in own_menu(CAPABILITIES, EN, frozenset())] == ["event", "mine"]


def test_a_command_with_subs_names_them() -> None:
    menu = telegram_menus(CAPABILITIES, ["en"])[-1]

    assert [row.description for row in menu.commands] == ["Warn a member", "Create an event (create, list)"]


def test_a_long_description_is_cut() -> None:
    long = Capability("long", N_("Long"), commands=(Command("long", nothing, "x" * 300),))

    assert len(telegram_menus([long], ["en"])[0].commands[0].description) == 256


def test_what_telegram_would_refuse_stops_the_start() -> None:
    odd = Capability("odd", N_("Odd"), commands=(Command("Odd-name", nothing, "x"),))
    with pytest.raises(ValueError, match="Odd-name"):
        telegram_menus([odd], ["en"])

    many = Capability("many", N_("Many"), commands=tuple(Command(f"c{n}", nothing, "x") for n in range(101)))
    with pytest.raises(ValueError, match="101"):
        telegram_menus([many], ["en"])


def test_updates_are_asked_for_where_somebody_observes_them() -> None:
    assert allowed_updates([]) == ["callback_query", "message", "my_chat_member"]
    assert "chat_member" in allowed_updates(CAPABILITIES)
    with pytest.raises(ValueError, match="eclipse"):
        allowed_updates([Capability("x", "X", observers=(Observer("eclipse", observe),))])


# The handlers


class Ran:
    """What the panel ran."""

    def __init__(self) -> None:
        self.paths: list[str] = []

    async def __call__(self, _update: Update, context: Context, path: str) -> None:
        assert context.spoken.chosen
        self.paths.append(path)


@pytest.fixture
async def talk(tmp_path: Path) -> AsyncIterator[Talk]:
    database = sqlite_database(tmp_path / "bot.db")
    yield Talk(database, {})
    await database.close()


async def run(talk: Talk, path: str, args: str = "", who: int = ANN, chat: int | None = None) -> None:
    """Type one of the commands."""
    offered = help_capability([*CAPABILITIES, many()], Ran())
    command = next(c for c in offered.commands if c.name == path)

    async def act(update: Update, context: Context) -> None:
        context.spoken.args_text = args
        if context.spoken.group is not None:
            people = context.scope.ports.people
            context.spoken.standing = await people.standing(context.tx, context.spoken.group, context.actor.user_id)
        await command.run(update, context)

    await talk.turn(talk.message(who, f"/{path} {args}", chat), act)


def many() -> Capability:
    return Capability("many", N_("Many"), commands=tuple(Command(f"c{n}", nothing, "x") for n in range(50)))


async def test_help_in_private_has_pages(talk: Talk) -> None:
    await run(talk, "help")
    assert talk.last().labels == ["1/2", "»"]
    assert "/c49" not in talk.last().html

    offered = help_capability([*CAPABILITIES, many()], Ran())
    turn = next(b for b in offered.buttons if b.code == HELP_PAGE)

    async def act(update: Update, context: Context) -> None:
        await turn.run(update, context, 2)

    await talk.turn(talk.callback(ANN, "m.h:5:2", ANN, talk.last_id()), act)
    assert "/c49" in talk.last().html


async def test_help_knows_the_group_a_private_conversation_means(talk: Talk) -> None:
    await run(talk, "help")
    assert "/event create" in talk.last().html
    await run(talk, "help", who=BEN)
    assert "/event create" not in talk.last(BEN).html


async def test_help_in_the_group_is_one_short_message(talk: Talk) -> None:
    await run(talk, "help", who=BEN, chat=GROUP_CHAT)
    assert talk.last(GROUP_CHAT).html.startswith("You can use /event")
    await run(talk, "help", "warn", chat=GROUP_CHAT)
    assert talk.last(GROUP_CHAT).html.startswith("<b>/warn</b>")


async def test_the_panel_runs_a_command_and_only_one_there_is(talk: Talk) -> None:
    await run(talk, "menu", chat=GROUP_CHAT)
    assert talk.last(GROUP_CHAT).labels == ["Warn", "New event", "Events"]

    ran = Ran()
    buttons = {button.code: button for button in help_capability(CAPABILITIES, ran).buttons}
    for code, *values in ((RUN, "event.create"), (RUN, "no.such"), (RUN, ""), (RUN_IN, "events", "event.list")):

        async def act(update: Update, context: Context, code: ButtonCode = code, values: list[str] = values) -> Any:
            await buttons[code].run(update, context, *values)

        await talk.turn(talk.callback(ANN, code.data(5, *values), GROUP_CHAT, talk.last_id(GROUP_CHAT)), act)

    assert ran.paths == ["event.create", "event.list"]
    assert len(talk.toasts) == 2
