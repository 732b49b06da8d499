"""Public holidays from a calendar file: shown with their names before they are saved, however the file is handed over."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.journeys.stage import Stage, said

if TYPE_CHECKING:
    from bot.sandbox.telegram import Message

ENTRIES = (
    ("国庆节", "DTSTART;VALUE=DATE:20271001", "DTEND;VALUE=DATE:20271008"),
    ("Christmas & more", "DTSTART;VALUE=DATE:20201225", "RRULE:FREQ=YEARLY;UNTIL=20271231"),
    ("国庆节补班", "DTSTART;VALUE=DATE:20270926"),
    ("Party", "DTSTART:20270601T180000Z", "DTEND:20270601T230000Z"),
)
CALENDAR = "\r\n".join(
    (
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//holidays//EN",
        *(line for name, *lines in ENTRIES for line in ("BEGIN:VEVENT", f"SUMMARY:{name}", *lines, "END:VEVENT")),
        "END:VCALENDAR",
        "",
    )
).encode()
SAY = {
    "en": {
        "head": "2 holidays, 8 days in all:",
        "line": "Fri, 1 Oct 2027 – Thu, 7 Oct 2027: 国庆节",
        "left": "Left out: 1 with a time of day and 1 day of work",
        "asks": "calendar file (.ics)",
        "unreadable": "not a calendar file",
        "no_file": "ends in .ics, of at most 256 KB",
        "large": "too large",
        "nothing": "no holiday in this calendar",
    },
    "zh_Hans": {
        "head": "2个节假日，共8天：",
        "line": "2027年10月1日 周五 – 2027年10月7日 周四：国庆节",
        "left": "没有列入：带具体时刻的1项和补班的1项",
        "asks": "日历文件（.ics）",
        "unreadable": "不是我能读的日历文件",
        "no_file": "以 .ics 结尾，不超过256 KB",
        "large": "文件太大",
        "nothing": "没有可以添加的节假日",
    },
}


async def newest(stage: Stage) -> Message:
    await stage.settled()
    return stage.telegram.messages(stage.anna)[-1]


async def hand_over(
    stage: Stage, data: bytes = CALENDAR, name: str = "holidays.ics", caption: str | None = None
) -> Message:
    stage.anna.send_file(stage.bot, "document", data, name, caption=caption)
    return await newest(stage)


async def test_a_calendar_is_shown_and_then_added(either_stage: Stage) -> None:
    stage, anna, words = either_stage, either_stage.anna, SAY[either_stage.locale]
    shown = await hand_over(stage, caption="/holidays")
    for part in (words["head"], words["line"], "Christmas & more", words["left"]):
        assert part in said(shown), part
    anna.send(stage.bot, "/holidays list")
    assert "2027" not in said(await newest(stage))
    await stage.tap(anna, shown, shown.labels()[0])
    await stage.see(anna, "🎌", "2027")
    again = await hand_over(stage, caption="/holidays add")
    assert words["nothing"] in said(again)


async def test_a_calendar_in_the_group_is_shown_in_private_to_whoever_answers_it(either_stage: Stage) -> None:
    stage, anna, words = either_stage, either_stage.anna, SAY[either_stage.locale]
    sent = anna.send_file(stage.group, "document", CALENDAR, "calendar.ics")
    anna.send(stage.group, "/holidays", reply_to=sent)
    shown = await stage.see(anna, words["head"])
    await stage.tap(anna, shown, shown.labels()[0])
    await stage.see(anna, "🎌", "2027")


async def test_the_form_takes_a_calendar_and_names_what_is_wrong_with_one(either_stage: Stage) -> None:
    stage, anna, words = either_stage, either_stage.anna, SAY[either_stage.locale]
    anna.send(stage.bot, "/holidays add")
    assert words["asks"] in said(await newest(stage))
    for data, name, wrong in (
        (b"hello", "hello.ics", "unreadable"),
        (b"x" * 300_000, "large.ics", "large"),
        (CALENDAR, "holidays.pdf", "no_file"),
        (CALENDAR.replace(b"2027", b"2017"), "old.ics", "nothing"),
    ):
        assert words[wrong] in said(await hand_over(stage, data, name)), wrong
    shown = await hand_over(stage)
    assert words["head"] in said(shown)
    await stage.tap(anna, shown, shown.labels()[0])
    await stage.see(anna, "🎌", "2027")


async def test_who_may_not_change_settings_adds_nothing(stage: Stage) -> None:
    sent = stage.mei.send_file(stage.group, "document", CALENDAR, "calendar.ics", caption="/holidays")
    await stage.settled()
    answer = next(m for m in stage.telegram.messages(stage.group) if m.reply_to == sent.message_id)
    assert "Only people who may change settings" in said(answer)
