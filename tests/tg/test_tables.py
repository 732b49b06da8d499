"""The capabilities' tables put together: looked up by name, two of one name refused."""

from __future__ import annotations

import pytest

from bot.tg.buttons import ButtonCode
from bot.tg.capability import Button, Capability, Command, Late, Observer, ResultKind, TimerKind
from bot.tg.effects import OnResult
from bot.tg.tables import Tables


async def nothing(*_: object) -> None:
    pass


def command(name: str, sub: str | None = None, *aliases: str) -> Command:
    return Command(name, nothing, "…", sub=sub, sub_aliases=aliases)


def tables(*commands: Command, **other: object) -> Tables:
    made = Tables()
    made.add([Capability("one", "One", commands=commands, **other)])  # type: ignore[arg-type]
    return made


EVENT = (command("event"), command("event", "create", "创建"), command("event", "list"))


@pytest.mark.parametrize(
    ("rest", "sub", "left"),
    [
        ("", None, ""),
        ("create", "create", ""),
        ("Create Saturday hike", "create", "Saturday hike"),
        ("创建 周六爬山", "create", "周六爬山"),
        ("create\nSaturday hike", "create", "Saturday hike"),
        ("3", None, "3"),
        ("creates 3", None, "creates 3"),
        ("list  x ", "list", "x"),
    ],
)
def test_a_second_word_may_be_a_sub_command(rest: str, sub: str | None, left: str) -> None:
    found = tables(*EVENT).command("event", rest)

    assert found is not None
    assert (found[0].sub, found[1]) == (sub, left)


def test_help_after_a_command_with_others_is_help_about_it() -> None:
    said = command("help")
    made = tables(said, *EVENT)
    for word in ("help", "帮助", "?"):
        assert made.command("event", word) == (said, "event")
    assert made.command("event", "help create") == (said, "event create")


def test_without_a_bare_command_a_word_we_do_not_know_is_none() -> None:
    made = tables(command("approval", "list"))

    assert made.command("approval", "") is None
    assert made.command("approval", "lits") is None
    assert made.command("nothing", "") is None
    assert made.sub_words("approval") == ["list"]


def test_a_command_is_found_by_its_stable_name() -> None:
    made = tables(*EVENT)

    assert made.by_path("event") is EVENT[0]
    assert made.by_path("event.create") is EVENT[1]
    assert made.by_path("event.nothing") is None
    assert made.by_path("nothing") is None


def test_aliases_are_no_words_of_the_help() -> None:
    assert tables(*EVENT).sub_words("event") == ["create", "list"]


def test_settings_are_commands_as_well() -> None:
    made = Tables()
    made.add([Capability("one", "One", settings=(command("quiet"),))])

    assert made.command("quiet", "") is not None
    assert [c.name for c in made.settings()] == ["quiet"]


def test_the_results_of_an_effect_go_to_who_asked() -> None:
    kind = ResultKind("posted", nothing)
    made = tables(results=(kind,))

    assert made.result(OnResult("one", "posted", "7")) is kind
    assert made.result(OnResult("two", "posted", "7")) is None


def test_observers_of_one_event_are_called_in_the_order_of_the_capabilities() -> None:
    first, second = Observer("joined", nothing), Observer("joined", nothing)
    made = Tables()
    made.add([Capability("one", "One", observers=(first,)), Capability("two", "Two", observers=(second,))])

    assert made.observers["joined"] == [first, second]


@pytest.mark.parametrize(
    "twice",
    [
        {"commands": (command("warn"),)},
        {"commands": (command("event", "create"),)},
        {"commands": (command("event", "make", "create"),)},
        {"settings": (command("warn"),)},
        {"buttons": (Button(ButtonCode("e.j"), nothing),)},
    ],
)
def test_two_of_one_name_stop_the_start(twice: dict[str, object]) -> None:
    made = tables(command("warn"), command("event", "create"), buttons=(Button(ButtonCode("e.j", (int,)), nothing),))

    with pytest.raises(ValueError, match="taken already"):
        made.add([Capability("two", "Two", **twice)])  # type: ignore[arg-type]


def test_timers_and_results_are_named_within_their_capability() -> None:
    due = TimerKind("due", nothing, Late.RUN)
    made = tables(timers=(due,))

    made.add([Capability("two", "Two", timers=(due,))])

    assert set(made.timers) == {("one", "due"), ("two", "due")}
    with pytest.raises(ValueError, match="taken already"):
        made.add([Capability("two", "Two", timers=(due,))])
