"""What people type and tap by mistake, or to deceive: who, where, what, and what the answer must name.

``names`` must stand in the answer in every language (what was typed, a number, a limit), ``en`` in the English one.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

LONG = 4_096
"""Characters of the longest text a person can send."""


@dataclass(frozen=True)
class Line:
    """A message; ``first`` is said before it. ``asks``: the answer is a form's question, which stays open.

    ``reply`` names a message of the stage that is answered, ``raw`` sends what no client would, ``file`` is a kind of media.
    """

    said: str
    names: tuple[str, ...] = ()
    en: tuple[str, ...] = ()
    who: str = "Anna"
    where: str = "group"
    first: tuple[str, ...] = ()
    asks: bool = False
    reply: str = ""
    raw: bool = False
    file: str = ""
    as_chat: str = ""


@dataclass(frozen=True)
class Tap:
    """A tap with any data, on a message of the bot in the group, in the other group, or in private.

    In the data stand ``{g}`` and ``{o}`` for this group and the other one, and the ids of what is in them.
    """

    data: str
    en: tuple[str, ...] = ()
    who: str = "Anna"
    on: str = "group"
    names: tuple[str, ...] = ()


Row = Line | Tap


def _lines(*rows: tuple[str, ...], **common: object) -> list[Line]:
    """Make lines of (said, English, names...)."""
    return [replace(Line(said, tuple(names), (en,) if en else ()), **common) for said, en, *names in rows]  # type: ignore[arg-type]


def _form(first: tuple[str, ...], *rows: tuple[str, ...], **common: object) -> list[Line]:
    """Make answers to a form in private."""
    return _lines(*rows, first=first, where="private", asks=True, **common)


ZERO_WIDTH = "\u200b\u200d\ufeff\u2060"
NO_NUMBER = "is not the number of an announcement"
NOT_A_TIME = "is not a time I understand"

ANNOUNCEMENTS = [
    *_lines(
        ("/announce show x", NO_NUMBER, "“x”"),
        ("/announce show 0", "There is no announcement #0", "#0"),
        ("/announce show -1", NO_NUMBER, "“-1”"),
        ("/announce show 999999999", "There is no announcement #999999999", "#999999999"),
        ("/announce show 99999999999999999999", NO_NUMBER, "99999999999999999999"),
        ("/announce show ９９", "There is no announcement #99", "#99"),
        ("/announce show ٣٣", NO_NUMBER, "“٣٣”"),
        ("/announce show ²", NO_NUMBER, "²"),
        ("/announce show 1.5", NO_NUMBER, "“1.5”"),
        ("/announce show #", NO_NUMBER, "“#”"),
        ("/announce show 1 2", NO_NUMBER, "“1 2”"),
        ("/announce show six", NO_NUMBER, "“six”"),
        ("/announce show 7", "There is no announcement #7", "#7"),
        ("/announce edit x new words", NO_NUMBER, "x new words"),
        ("/announce edit 99 new words", "There is no announcement #99", "#99"),
        ("/announce edit 2 new words", "was discarded. Bring it back first", "#2"),
        ("/announce edit 5 " + "x" * 1100, "Together with a file Telegram takes 1,024", "1,100", "1,024"),
        ("/announce list x", NO_NUMBER, "“x”"),
        ("/announce list -1", NO_NUMBER, "“-1”"),
        ("/announce list 1 2", NO_NUMBER, "“1 2”"),
        ("/announce publish 99", "There is no announcement #99", "#99"),
        ("/announce publish 2", "was discarded", "#2"),
        ("/announce publish 4", "is published already", "#4"),
        ("/announce publish 1 now please", NO_NUMBER, "1 now please"),
        ("/announce cancel 99", "There is no announcement #99", "#99"),
        ("/announce cancel 4", "is published already", "#4"),
        ("/announce cancel 2", "was discarded", "#2"),
        ("/announce at Sat 9:00 We meet", "put a “|” between the time and the text"),
        ("/announce at | We meet", "time"),
        ("/announce at Sat 9:00 |", "There is nothing"),
        ("/announce at yesterday 9:00 | We meet", "is already past"),
        ("/announce at 25:00 | We meet", "", "25:00"),
        ("/announce at Sat | We meet", "Add the hour"),
        ("/announce at 2027-03-28 02:30 | We meet", "clocks go forward", "02:30"),
        ("/announce at 01/02/2028 9:00 | We meet", "can mean several times", "01/02/2028"),
        ("/announce " + ZERO_WIDTH, "There is nothing"),
        ("/announce at Sat 9:00 | " + ZERO_WIDTH, "There is nothing"),
    ),
    Line("/announce hello", en=("shows no text under a sticker",), reply="sticker"),
    Line("/announce", en=("There is nothing",), reply="poll"),
    Line("/announce " + "x" * 5000, ("5,000", "4,096"), raw=True),
    Line("/announce at Sat 9:00 | " + "x" * 5000, ("5,000", "4,096"), raw=True),
    Line("/announce schedule \ud83d now", (), (NO_NUMBER,), raw=True),
    *_lines(
        ("/announce hello", "Only people who may draft announcements"),
        ("/announce list", "Only people who may"),
        ("/announce show 1", "Only people who may"),
        ("/announce edit 1 mine", "Only people who may"),
        ("/announce publish 1", "Only people who may publish"),
        ("/announce cancel 1", "Only people who may"),
        ("/announce schedule 1 Sat 9:00", "Only people who may publish"),
        ("/announce at Sat 9:00 | mine", "Only people who may publish"),
        who="Mei",
    ),
    *_form(
        ("/announce",),
        (ZERO_WIDTH, "There is nothing"),
    ),
    Line("", en=("There is nothing",), first=("/announce",), where="private", asks=True, file="poll"),
]

TIMES = [
    *_lines(
        ("/announce schedule x", NO_NUMBER, "“x”"),
        ("/announce schedule Sat 9:00", NO_NUMBER, "Sat 9:00"),
        ("/announce schedule 99 Sat 9:00", "There is no announcement #99", "#99"),
        ("/announce schedule 2 Sat 9:00", "was discarded", "#2"),
        ("/announce schedule 4 Sat 9:00", "is published already", "#4"),
        ("/announce schedule 1 yesterday 9:00", "is already past"),
        ("/announce schedule 1 2026-01-01 09:00", "is already past", "2026"),
        ("/announce schedule 1 1 Jan 1970 00:00", "is already past", "1970"),
        ("/announce schedule 1 01/02/2028", "can mean several", "01/02/2028"),
        ("/announce schedule 1 02.01.28 9:00", "", "02.01.28"),
        ("/announce schedule 1 31 Feb 9:00", "", "31 Feb"),
        ("/announce schedule 1 2027-02-30 09:00", "", "2027-02-30"),
        ("/announce schedule 1 2027-13-40 99:99", "", "2027-13-40"),
        ("/announce schedule 1 25:00", "", "25:00"),
        ("/announce schedule 1 9:60", "", "9:60"),
        ("/announce schedule 1 25pm", "", "25pm"),
        ("/announce schedule 1 2027-03-28 02:30", "clocks go forward", "02:30", "03:00"),
        ("/announce schedule 1 2037-01-01 09:00", "more than five years ahead", "2037"),
        ("/announce schedule 1 in 10 years", "", "2037"),
        ("/announce schedule 1 in 99999999999 days", "", "99999999999"),
        ("/announce schedule 1 soonish", NOT_A_TIME, "“soonish”"),
        ("/announce schedule 1 ??!", NOT_A_TIME, "??!"),
        ("/announce schedule 1 {when} %s", NOT_A_TIME, "{when} %s"),
        ("/announce schedule 1 <b>Sat</b>", NOT_A_TIME, "<b>Sat</b>"),
        ("/announce schedule 1 Sat", "Add the hour"),
        ("/announce schedule 1 2027-05-01", "Add the hour", "2027"),
        ("/announce schedule 1 -2 hours", ""),
        ("/announce schedule 1 2 hours ago", ""),
        ("/announce schedule 1 昨天", "", ""),
        ("/announce schedule 1 昨天下午三点", "is already past"),
        ("/announce schedule 1 下周八 9点", "", "下周八"),
        ("/announce schedule 1 二十五点", "", "二十五点"),
        ("/announce schedule 1 明天二十五点", "", "明天二十五点"),
        ("/announce schedule 1 2月31日 9点", "", "2月31日"),
        ("/announce schedule 1 明天", "Add the hour"),
        ("/announce schedule 1 以后再说", NOT_A_TIME, "以后再说"),
        ("/announce schedule 1 12月1日 9点 | 10点", "", "12月1日"),
        ("/announce schedule 1 " + "9" * 400, NOT_A_TIME, "9999"),
    ),
    *_form(
        ("/announce schedule 1",),
        ("yesterday 9:00", "is already past"),
        ("31 Feb 9:00", "", "31 Feb"),
        ("01/02/2028", "can mean several", "01/02/2028"),
        ("2027-03-28 02:30", "clocks go forward", "02:30"),
        ("gibberish", NOT_A_TIME, "gibberish"),
        ("二十五点", "", "二十五点"),
        ("2037-01-01 09:00", "more than five years ahead", "2037"),
    ),
]

EVENTS = [
    *_lines(
        ("/event create | Sat 9:00 | 20 seats", "needs a title"),
        (f"/event create {ZERO_WIDTH} | Sat 9:00", "needs a title"),
        ("/event create Hike | yesterday 9:00", "is already past"),
        ("/event create Hike | 25:00", "", "25:00"),
        ("/event create Hike | 31 Feb 9:00", "", "31 Feb"),
        ("/event create Hike | 2037-01-01 09:00", "more than five years ahead", "2037"),
        ("/event create Hike | soon", NOT_A_TIME, "“soon”"),
        ("/event create Hike | 20 seats | Sat 9:00", "I do not understand", "“Sat 9:00”"),
        ("/event create Sat 9:00 | Hike", NOT_A_TIME, "“Hike”"),
        ("/event create {n} | {when}", NOT_A_TIME, "{when}"),
        ("/event create %s %(x)s | %d", NOT_A_TIME, "%d"),
        ("/event create <b>Hike | <i>soon", NOT_A_TIME, "<i>soon"),
        ("/event create Hike | 昨天 9点", "is already past"),
        ("/event create Hike | 下周八 9点", "", "下周八"),
        ("/event create Hike | 二十五点", "", "二十五点"),
        ("/event create Hike | Sat 9:00 | 0 seats", "from 1 to 10,000", "10,000"),
        ("/event create Hike | Sat 9:00 | -5 seats", "I do not understand", "“-5 seats”"),
        ("/event create Hike | Sat 9:00 | 1.5 seats", "I do not understand", "“1.5 seats”"),
        ("/event create Hike | Sat 9:00 | many seats", "I do not understand", "“many seats”"),
        ("/event create Hike | Sat 9:00 | 1000000000 seats", "from 1 to 10,000", "10,000"),
        ("/event create Hike | Sat 9:00 | １０００００ seats", "from 1 to 10,000", "10,000"),
        ("/event create Hike | Sat 9:00 | " + "9" * 60 + " seats", ""),
        ("/event create Hike | Sat 9:00 | +9", "at most 3 guests", "3"),
        ("/event create Hike | Sat 9:00 | 9 guests", "at most 3 guests", "3"),
        ("/event create Hike | Sat 9:00 | +100", "I do not understand", "“+100”"),
        ("/event create Hike | Sat 9:00 | +1 | 1 seat", "at least 2 seats", "2"),
        ("/event create Hike | Sat 9:00 | until yesterday 9:00", "end of the sign-up"),
        ("/event create Hike | 2027-05-01 09:00 | until 2027-06-01 09:00", "", ""),
        ("/event create Hike | Sat 9:00 | until whenever", "", "whenever"),
        ("/event create Hike | Sat 9:00 | 20 seats | 30 seats", "was given already", "“30 seats”"),
        ("/event create Hike | Sat 9:00 | pizza", "I do not understand", "“pizza”"),
        ("/event create Hike | Sat 9:00 | {n}", "I do not understand", "“{n}”"),
        ("/event create Hike | Sat 9:00 | <b>", "I do not understand", "“<b>”"),
        ("/event create Hike | Sat 9:00 | at " + "x" * 201, "place is too long", "200"),
        ("/event create " + "x" * 101 + " | Sat 9:00", "title is too long", "100"),
        ("/event create " + "活" * 500, "title is too long", "100"),
        ("/event create " + "🎉" * 500 + " | Sat 9:00", "title is too long", "100"),
        ("/event create \u202eekiH | \u202enoos", NOT_A_TIME),
        ("/event create a\x07b | \x07\x1b", "time"),
        ("/event 99", "There is no event #99", "#99"),
        ("/event dance", "", "dance"),
        ("/event 1.5", "", "1.5"),
        ("/event show x", "is not the number of an event", "“x”"),
        ("/event show 0", "There is no event #0", "#0"),
        ("/event show -1", "is not the number of an event", "“-1”"),
        ("/event show 99999999999", "is not the number of an event", "99999999999"),
        ("/event show ９９", "There is no event #99", "#99"),
        ("/event edit x", "is not the number of an event", "“x”"),
        ("/event edit 99 seats 5", "There is no event #99", "#99"),
        ("/event edit 6 seats 5", "There is no event #6", "#6"),
        ("/event edit seats 5", "is not the number of an event", "seats 5"),
        ("/event edit 1 seats many", "needs a", "“many”"),
        ("/event edit 1 seats 0", "at least 2 seats", "2"),
        ("/event edit 1 seats 1", "at least 2 seats", "2"),
        ("/event edit 1 seats -3", "needs a", "“-3”"),
        ("/event edit 1 seats 1.5", "needs a", "“1.5”"),
        ("/event edit 1 seats 1000000000", "at most 10,000", "10,000"),
        ("/event edit 1 seats 10", "is like that already"),
        ("/event edit 1 guests 9", "at most 3 guests", "3"),
        ("/event edit 1 guests -1", "needs a", "“-1”"),
        ("/event edit 1 colour red", "", "“colour red”"),
        ("/event edit 1 time yesterday 9:00", "is already past"),
        ("/event edit 1 time 31 Feb", "", "31 Feb"),
        ("/event edit 1 until 2028-01-01 09:00", "", ""),
        ("/event edit 1 until soonish", "", "soonish"),
        ("/event edit 1 title " + "x" * 101, "title is too long", "100"),
        (f"/event edit 1 title {ZERO_WIDTH}", "needs a title"),
        ("/event edit 1 place " + "x" * 201, "place is too long", "200"),
        ("/event edit 2 seats 5", "is cancelled and cannot be changed", "Picnic"),
        ("/event edit 3 seats 5", "has begun already", "Breakfast"),
        ("/event cancel x", "is not the number of an event", "“x”"),
        ("/event cancel 99", "There is no event #99", "#99"),
        ("/event cancel 2", "is cancelled and cannot be changed", "Picnic"),
        ("/event cancel 3", "has begun already", "Breakfast"),
        ("/event cancel 1 " + "x" * 301, "", "301", "300"),
        ("/event close 99", "There is no event #99", "#99"),
        ("/event close 2", "is cancelled", "Picnic"),
        ("/event close 4", "was closed already", "Dinner"),
        ("/event close 3", "has begun already", "Breakfast"),
        ("/event reopen 99", "There is no event #99", "#99"),
        ("/event reopen 1", "is not closed", "Hike"),
        ("/event reopen 2", "is cancelled", "Picnic"),
    ),
    Line("/event create \ud83d | soon\udc00", (), (NOT_A_TIME,), raw=True),
    *_lines(
        ("/event create Hike | 2027-03-28 02:30", "clocks go forward", "02:30"),
        ("/event create Hike | 01/02/2028 9:00", "can mean several", "01/02/2028"),
        ("/event create Hike | Sat", "Add the hour"),
        ("/event create Hike | 明天", "Add the hour"),
        ("/event edit 1 time 01/02/2028 9:00", "can mean several", "01/02/2028"),
        asks=True,
    ),
    *_lines(
        ("/event create Mine | Sat 9:00", "Only people who may run events"),
        ("/event edit 1 seats 100", "Only people who may run events"),
        ("/event cancel 1", "Only people who may run events"),
        ("/event close 1", "Only people who may run events"),
        ("/event reopen 4", "Only people who may run events"),
        who="Mei",
    ),
    *_form(
        ("/event create",),
        ("x" * 101, "too long", "100"),
        (ZERO_WIDTH, "Please write it as a text"),
    ),
    *_form(
        ("/event create", "Hike"),
        ("yesterday 9:00", "is already past"),
        ("25:00", "", "25:00"),
        ("不知道", NOT_A_TIME, "不知道"),
    ),
    *_form(
        ("/event create", "Hike", "2027-05-01 09:00"),
        ("0", "from 1 to 10,000", "10,000"),
        ("-5", "from 1 to 10,000", "10,000"),
        ("1.5", "from 1 to 10,000", "10,000"),
        ("many", "from 1 to 10,000", "10,000"),
        ("1000000000", "from 1 to 10,000", "10,000"),
        ("９９９９９", "from 1 to 10,000", "10,000"),
        ("5 or 6", "from 1 to 10,000", "10,000"),
    ),
    *_form(
        ("/event create", "Hike", "2027-05-01 09:00", "20"),
        ("9", "", "3"),
        ("some", "at most 3", "3"),
    ),
    *_form(
        ("/event create", "Hike", "2027-05-01 09:00", "20", "1"),
        ("2027-06-01 09:00", ""),
        ("yesterday", ""),
    ),
    *_form(
        ("/event create", "Hike", "2027-05-01 09:00", "20", "1", "2027-04-30 20:00"),
        ("x" * 201, "", "200"),
    ),
    *_form(
        ("/event create", "Hike", "2027-05-01 09:00", "20", "1", "2027-04-30 20:00", "the gate"),
        ("yes please", "Please tap Save"),
    ),
    Line("", first=("/event create",), en=("Please write it as a text",), where="private", asks=True, file="photo"),
]

NAME_THEM = "Say whom you mean"
UNSEEN = "I have not seen anybody called"

VIOLATIONS = [
    *_lines(
        ("/warn @nobody spam", UNSEEN, "nobody"),
        ("/warn @rita spam", UNSEEN, "rita"),
        ("/warn @n", UNSEEN, "n"),
        ("/warn @ spam", NAME_THEM),
        ("/warn mei spam", NAME_THEM),
        ("/warn spam @mei", NAME_THEM),
        ("/warn 3 times", NAME_THEM),
        ("/warn 999999999 spam", UNSEEN, "999999999"),
        ("/warn -1001234567890 spam", "is a channel", "-1001234567890"),
        ("/warn 99999999999999999999999 spam", NAME_THEM),
        ("/warn @<b>x</b> spam", UNSEEN, "<b>x</b>"),
        ("/warn @{name} spam", UNSEEN, "{name}"),
        ("/warn @qunguan_bot spam", "That is me"),
        ("/warn @helper_bot spam", "is a bot and cannot be warned", "Helper"),
        ("/warn @ben spam", "is an administrator and cannot be warned", "Ben"),
        ("/warn @anna spam", "You cannot warn yourself"),
        ("/warn @dora spam", "is no longer in this group", "Dora"),
        ("/warn @mei " + "x" * 501, "The reason has 501 characters", "501"),
        ("/warn ＠nobody spam", UNSEEN, "nobody"),
        ("/warn @不存在 刷屏", UNSEEN, "不存在"),
        ("/unwarn 99", "There is no case #99", "#99"),
        ("/unwarn 0", "is not the number of a case", "“0”"),
        ("/unwarn -1", "is not the number of a case", "“-1”"),
        ("/unwarn x", "is not the number of a case", "“x”"),
        ("/unwarn 2.5", "is not the number of a case", "“2.5”"),
        ("/unwarn 1", "is undone already", "#1"),
        ("/unwarn #6", "There is no case #6", "#6"),
        ("/unwarn @nobody", UNSEEN, "nobody"),
        ("/unwarn @mei", "nothing to undo", "Mei"),
        ("/unwarn 99999999999999", UNSEEN, "99999999999999"),
        ("/warns x", NAME_THEM),
        ("/warns 99", "no case #99", "#99"),
        ("/warns 0", NAME_THEM),
        ("/warns 2.5", NAME_THEM),
        ("/warns @nobody", UNSEEN, "nobody"),
        ("/warns @qunguan_bot", "That is me"),
        ("/warns 999999999", UNSEEN, "999999999"),
    ),
    Line("/warn spam", en=("is a channel that writes here",), names=("News",), reply="channel"),
    Line("/warn spam", en=("in the name of the group",), reply="anonymous"),
    Line("/warn", en=("is no longer in this group",), names=("Dora",), reply="dora"),
    Line("/warn spam", en=("That is me",), reply="card"),
    Line("/warn @anna spam", ("Anna",), ("owns this group and cannot be warned",), who="Ben"),
    Line("/warn @mei \ud83d" + "x" * 600, ("601",), raw=True),
    *_lines(
        ("/warn @carl spam", "Only people who may warn and mute"),
        ("/warn @mei spam", "Only people who may warn and mute"),
        ("/unwarn 2", "Only people who may warn and mute"),
        ("/warns @carl", "You can see your own warnings"),
        ("/warns 2", "no case #2"),
        who="Mei",
    ),
    *_form(("/warn",), ("somebody", NAME_THEM), ("@", NAME_THEM), ("mei and carl", NAME_THEM)),
    *_form(("/warn", "@mei"), ("x" * 501, "too long", "501", "500"), (ZERO_WIDTH, "Please write it as a text")),
]

MEMBERS = [
    *_lines(
        ("/member @nobody", UNSEEN, "nobody"),
        ("/member who?", NAME_THEM),
        ("/member 999999999", UNSEEN, "999999999"),
        ("/member @qunguan_bot", "That is me"),
        ("/role @nobody moderator", UNSEEN, "nobody"),
        ("/role moderator", NAME_THEM),
        ("/role @mei king", "Name one of these roles"),
        ("/role grant @mei king", "Name one of these roles"),
        ("/role grant @mei", "Name one of these roles"),
        ("/role grant @mei moderator please", "Name one of these roles"),
        ("/role grant moderator", NAME_THEM),
        ("/role grant moderator @mei", NAME_THEM),
        ("/role grant @nobody moderator", UNSEEN, "nobody"),
        ("/role grant @anna manager", "owns the group", "Anna"),
        ("/role grant @dora moderator", "is no longer in this group", "Dora"),
        ("/role grant @qunguan_bot moderator", "That is me"),
        ("/role grant @helper_bot moderator", "is a bot", "Helper"),
        ("/role grant @mei owner", "The owner is whoever owns the group"),
        ("/role take @mei moderator", "does not have the role", "Mei"),
        ("/role take @mei", "Name one of these roles"),
        ("/role take @nobody viewer", UNSEEN, "nobody"),
        ("/role take @anna owner", "owns the group", "Anna"),
        ("/audit @nobody", "I know nobody called", "@nobody"),
        ("/audit 999999999", "I know nobody called", "999999999"),
        ("/audit " + "9" * 40, "I know nobody called", "9999"),
        ("/audit ²", "I know nobody called", "²"),
        ("/audit what is this", "neither a person nor an action", "what is this"),
        ("/audit <b>", "neither a person nor an action", "<b>"),
    ),
    *_lines(
        ("/role @carl viewer", "Only people who may grant roles"),
        ("/role grant @carl viewer", "Only people who may grant roles"),
        ("/role take @ben manager", "Only people who may grant roles"),
        ("/member @carl", "Only people who may see what managers see"),
        ("/members", "Only people who may"),
        ("/audit", "Only people who may read the audit log"),
        ("/approvals", "Only people who may"),
        ("/outbox", "Only people who may"),
        who="Mei",
    ),
    *_form(("/role",), ("mei", NAME_THEM)),
    *_form(("/role", "@mei"), ("king", "Name one of these roles")),
    *_form(("/role", "@mei", "moderator"), ("give", "choose one of the buttons")),
]

SETTINGS = [
    *_lines(
        ("/language Klingon", "I do not speak", "“Klingon”"),
        ("/language 火星文", "I do not speak", "“火星文”"),
        ("/language {x}", "I do not speak", "“{x}”"),
        ("/timezone Atlantis", "Which time zone do you mean", "“Atlantis”"),
        ("/timezone Nowhereville", "I know no time zone", "“Nowhereville”"),
        ("/timezone UTC+25", "", "UTC+25"),
        ("/timezone +99:00", "", "+99:00"),
        ("/timezone 桃花源", "", "桃花源"),
        ("/timezone ../../etc/passwd", "I know no time zone", "../../etc/passwd"),
        ("/timezone " + "x" * 300, "I know no time zone", "xxx"),
        ("/quiet 22-", "write quiet hours as from–to"),
        ("/quiet 25:00-26:00", "write quiet hours as from–to"),
        ("/quiet 22:61-07:00", "write quiet hours as from–to"),
        ("/quiet 22:00", "write quiet hours as from–to"),
        ("/quiet 22:00-22:00", "end the moment they begin"),
        ("/quiet loud", "write quiet hours as from–to"),
        ("/quiet 22:00-07:30 someday", "write quiet hours as from–to"),
        ("/quiet 22:00-07:30 周八", "write quiet hours as from–to"),
        ("/quiet " + "; ".join(f"{hour}:00-{hour}:30" for hour in range(8)), "at most 7 periods", "7"),
        ("/holidays dance", "Please write the day with the year first"),
        ("/holidays add 31 Feb", "Please write the day with the year first"),
        ("/holidays add 2027-02-31", "Please write the day with the year first"),
        ("/holidays add 01/02/2027", "Please write the day with the year first"),
        ("/holidays add tomorrow", "Please write the day with the year first"),
        ("/holidays add 2020-01-01", "That day is past"),
        ("/holidays add 2027-05-05 to 2027-05-01", "Please write the day with the year first"),
        ("/holidays add 2027-05-01 to 2030-01-01", "too many days", "366"),
        ("/holidays remove", "Please write the day with the year first"),
        ("/holidays remove 2027-99-99", "Please write the day with the year first"),
        ("/holidays remove 2027-05-05", "is no holiday"),
        ("/label " + "x" * 33, "at most 32 characters", "32"),
        (f"/label {ZERO_WIDTH}", "at most 32 characters", "32"),
        ("/label \u202eekiH", "at most 32 characters", "32"),
        ("/topic events here", "Topics exist only in groups"),
    ),
    *_lines(
        ("/settings", "Only people who may change settings"),
        ("/language English", "Only people who may change settings"),
        ("/timezone Paris", "Only people who may change settings"),
        ("/quiet off", "Only people who may change settings"),
        ("/holidays add 2027-12-25", "Only people who may change settings"),
        ("/label Mine", "Only people who may change settings"),
        ("/topic events here", "Only people who may change settings"),
        ("/managerschat", "I know of no other group"),
        who="Mei",
    ),
    Line("/topic events here", ("/topic",), ("works only in a group",), where="private"),
    *_form(("/timezone",), ("Atlantis", "Which time zone do you mean", "“Atlantis”")),
    *_form(("/quiet",), ("loud", "write quiet hours as from–to"), ("25:00-26:00", "write quiet hours as from–to")),
    *_form(
        ("/holidays add",), ("31 Feb", "Please write the day with the year first"), ("2020-01-01", "That day is past")
    ),
    *_form(("/label",), ("x" * 33, "at most 32 characters", "32")),
]

DIGEST = [
    *_lines(
        ("/digest 25:00", "", "25:00"),
        ("/digest sometime", "", "sometime"),
        ("/digest time 8:99", "", "8:99"),
        ("/digest time noonish", "", "noonish"),
        ("/digest time -8", "", "-8"),
        ("/digest everywhere", "", "everywhere"),
    ),
    *_lines(
        ("/digest", "Only people who may"),
        ("/digest time 8:00", "Only people who may change settings"),
        ("/digest off", "Only people who may change settings"),
        ("/digest now", "Only people who may"),
        who="Mei",
    ),
    *_form(
        ("/digest time",), ("25:00", "is not a time of day", "25:00"), ("whenever", "is not a time of day", "whenever")
    ),
]

ELSEWHERE = [
    *_lines(
        ("/dance", "I do not know /dance", "/dance"),
        ("/announcement hello", "I do not know /announcement", "/announcement"),
        ("/help dance", "I do not know /dance", "/dance"),
        ("/help <b>", "I do not know", "<b>"),
        ("hello?", "I am not waiting for an answer"),
        (ZERO_WIDTH, "I am not waiting for an answer"),
        ("/cancel", "There is nothing to cancel"),
        ("/announce show 99", "There is no announcement #99", "#99"),
        ("/event show 99", "There is no event #99", "#99"),
        ("/warn @nobody spam", UNSEEN, "nobody"),
        where="private",
    ),
    *_lines(
        ("/announce show 99", "", "#99"),
        ("/event edit 1 seats many", "", "“many”"),
        ("/timezone Atlantis", "", "“Atlantis”"),
        ("/dance", "", "/dance"),
        where="private",
        who="Lin",
    ),
    *_lines(
        ("/announce hello", "do not know of any group"),
        ("/event list", "do not know of any group"),
        ("/menu", "do not know of any group"),
        where="private",
        who="Zoe",
    ),
    Line("/dance@qunguan_bot", ("/dance",), ("I do not know /dance",)),
    Line("/cancel", en=("There is nothing to cancel",)),
    Line("/announce@qunguan_bot hello", en=("A channel cannot use commands",), who="Ben", as_chat="channel"),
    Line("", en=("I am not waiting for an answer",), where="private", file="photo"),
    Line("", en=("I am not waiting for an answer",), where="private", file="sticker"),
    Line("\ud83d", en=("I am not waiting for an answer",), where="private", raw=True),
]

LINES: list[Line] = [*ANNOUNCEMENTS, *TIMES, *EVENTS, *VIOLATIONS, *MEMBERS, *SETTINGS, *DIGEST, *ELSEWHERE]
