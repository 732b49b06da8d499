"""What people type and tap by mistake, or to deceive: who, where, what, and what the answer must name.

``names`` must stand in the answer in every language (what was typed, a number, a limit), ``en`` in the English one.
"""

from __future__ import annotations

from dataclasses import dataclass, replace


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


def lines(*rows: tuple[str, ...], **common: object) -> list[Line]:
    """Make lines of (said, English, names...)."""
    return [replace(Line(said, tuple(names), (en,) if en else ()), **common) for said, en, *names in rows]  # type: ignore[arg-type]


def form(first: tuple[str, ...], *rows: tuple[str, ...], **common: object) -> list[Line]:
    """Make answers to a form in private."""
    return lines(*rows, first=first, where="private", asks=True, **common)


TAPPED = "tap "
"""Begins a line of ``first`` that is no line, but the data of a button that is tapped."""
ZERO_WIDTH = "\u200b\u200d\ufeff\u2060"
NO_NUMBER = "is not the number of an announcement"
NO_SHELF = "is neither a page of the list nor a state"
NOT_A_TIME = "is not a time I understand"

ANNOUNCEMENTS = [
    *lines(
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
        ("/announce list x", NO_SHELF, "“x”"),
        ("/announce list -1", NO_SHELF, "“-1”"),
        ("/announce list 1 2", NO_SHELF, "“1 2”"),
        ("/announce list drafts 1 2", NO_SHELF, "“drafts 1 2”"),
        ("/announce list 草稿 x", NO_SHELF, "“草稿 x”"),
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
        ("/announce " + ZERO_WIDTH, "There is nothing"),
        ("/announce at Sat 9:00 | " + ZERO_WIDTH, "There is nothing"),
    ),
    Line("/announce hello", en=("shows no text under a sticker",), reply="sticker"),
    Line("/announce", en=("There is nothing",), reply="poll"),
    Line("/announce " + "x" * 5000, ("5,000", "4,096"), raw=True),
    Line("/announce at Sat 9:00 | " + "x" * 5000, ("5,000", "4,096"), raw=True),
    Line("/announce schedule \ud83d now", (), (NO_NUMBER,), raw=True),
    *lines(
        ("/announce hello", "Only people who may draft announcements", "/submit"),
        ("/announce list", "Only people who may"),
        ("/announce show 1", "Only people who may"),
        ("/announce edit 1 mine", "Only people who may"),
        ("/announce publish 1", "Only people who may publish"),
        ("/announce cancel 1", "Only people who may"),
        ("/announce schedule 1 Sat 9:00", "Only people who may publish"),
        ("/announce at Sat 9:00 | mine", "Only people who may publish"),
        who="Mei",
    ),
    *form(
        ("/announce",),
        (ZERO_WIDTH, "There is nothing"),
    ),
    Line("", en=("There is nothing",), first=("/announce",), where="private", asks=True, file="poll"),
]

TIMES = [
    *lines(
        ("/announce schedule x", NO_NUMBER, "“x”"),
        ("/announce schedule Sat 9:00", NO_NUMBER, "Sat 9:00"),
        ("/announce schedule 99 Sat 9:00", "There is no announcement #99", "#99"),
        ("/announce schedule 2 Sat 9:00", "was discarded", "#2"),
        ("/announce schedule 4 Sat 9:00", "is published already", "#4"),
        ("/announce schedule 1 yesterday 9:00", "is already past"),
        ("/announce schedule 1 2026-01-01 09:00", "is already past", "2026"),
        ("/announce schedule 1 1 Jan 1970 00:00", "is already past", "1970"),
        ("/announce schedule 1 02.01.28 9:00", "", "02.01.28"),
        ("/announce schedule 1 31 Feb 9:00", "", "31 Feb"),
        ("/announce schedule 1 2027-02-30 09:00", "", "2027-02-30"),
        ("/announce schedule 1 2027-13-40 99:99", "", "2027-13-40"),
        ("/announce schedule 1 25:00", "", "25:00"),
        ("/announce schedule 1 9:60", "", "9:60"),
        ("/announce schedule 1 25pm", "", "25pm"),
        ("/announce schedule 1 2037-01-01 09:00", "more than five years ahead", "2037"),
        ("/announce schedule 1 in 10 years", "", "2037"),
        ("/announce schedule 1 in 99999999999 days", "", "99999999999"),
        ("/announce schedule 1 soonish", NOT_A_TIME, "“soonish”"),
        ("/announce schedule 1 ??!", NOT_A_TIME, "??!"),
        ("/announce schedule 1 {when} %s", NOT_A_TIME, "{when} %s"),
        ("/announce schedule 1 <b>Sat</b>", NOT_A_TIME, "<b>Sat</b>"),
        ("/announce schedule 1 -2 hours", ""),
        ("/announce schedule 1 2 hours ago", ""),
        ("/announce schedule 1 昨天", "", ""),
        ("/announce schedule 1 昨天下午三点", "is already past"),
        ("/announce schedule 1 下周八 9点", "", "下周八"),
        ("/announce schedule 1 二十五点", "", "二十五点"),
        ("/announce schedule 1 明天二十五点", "", "明天二十五点"),
        ("/announce schedule 1 2月31日 9点", "", "2月31日"),
        ("/announce schedule 1 以后再说", NOT_A_TIME, "以后再说"),
        ("/announce schedule 1 12月1日 9点 | 10点", "", "12月1日"),
        ("/announce schedule 1 " + "9" * 400, NOT_A_TIME, "9999"),
    ),
    *form(
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
    *lines(
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
        ("/event edit 1 length long", "from 5 minutes to 31 days"),
        ("/event edit 1 link example", "begins with https://"),
        ("/event edit 1 price " + "x" * 101, "price is too long", "100"),
        ("/event edit 1 min 99", "least number of people"),
        ("/event edit 1 min many", "needs a", "“many”"),
        ("/event edit 1 tags " + "x" * 17, "member tags", "16"),
        ("/event edit 1 reminders never ever", "At most 5 reminders"),
        ("/event edit 1 kind somewhere", "Please choose", "“somewhere”"),
        ("/event edit 1 strict perhaps", "yes", "“perhaps”"),
        ("/event edit 1 call 2 days", "from 1 minute to 1 day before the start"),
        ("/event edit 1 call soon", "from 1 minute to 1 day before the start"),
        ("/event edit 1 ends 99:99", "does not go with the start", "“99:99”"),
        ("/event create Hike | Sat 9:00 | ends whenever", "I do not understand", "“ends whenever”"),
        ("/event create Hike | Sat 9:00 | ends 25:00", "does not go with the start", "“25:00”"),
        ("/event create Hike | Sat 9:00-11:00 | 到12点结束", "does not go with the start", "“12点”"),
        ("/event create Hike | Sat 9:00 | call 0 minutes", "from 1 minute to 1 day before the start"),
        ("/event edit 1 offer 1 minute", "from 10 minutes to 7 days"),
        ("/event edit 1 map 91, 0", "latitude"),
        ("/event create Hike | Sat 9:00 | remind whenever", "I do not understand", "“remind whenever”"),
        ("/event create Hike | Sat 9:00 | 40 days", "from 5 minutes to 31 days"),
        ("/event create Hike | Sat 9:00 | min 30 | 20 seats", "least number of people"),
        ("/event create Hike | Sat 9:00 | at Hall | in Hall | 在礼堂", "I do not understand", "“in Hall”"),
        ("/event create from nowhere", "There is no template", "“nowhere”"),
        ("/event copy 99", "There is no event #99", "#99"),
        ("/event copy x", "is not the number of an event", "“x”"),
        ("/event template hike", "I do not understand", "“hike”"),
        ("/event template save x hike", "is not the number of an event"),
        ("/event template save 1 " + "x" * 41, "at most 40 characters"),
        ("/event template delete nowhere", "There is no template", "“nowhere”"),
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
        ("/event weather x", "is not the number of an event", "“x”"),
        ("/event weather 99", "There is no event #99", "#99"),
        ("/event weather 2", "is cancelled", "Picnic"),
        ("/event weather 3", "has begun already", "Breakfast"),
        ("/event ics x", "is not the number of an event", "“x”"),
        ("/event ics 1.5", "is not the number of an event", "“1.5”"),
        ("/event ics 99", "There is no event #99", "#99"),
        ("/event ics 2", "nothing to put into a calendar", "Picnic"),
        ("/event edit 1 reminders 3 minutes", "from 5 minutes to 31 days ahead"),
        ("/event edit 1 promote 40 days", "before the sign-up ends"),
        ("/event edit 1 reconfirm perhaps", "yes", "“perhaps”"),
    ),
    Line("/event create \ud83d | soon\udc00", (), (NOT_A_TIME,), raw=True),
    *lines(
        ("/event create Hike | 2027-03-28 02:30", "clocks go forward", "02:30"),
        ("/event create Hike | 01/02/2028 9:00", "can mean several", "01/02/2028"),
        ("/event create Hike | Sat", "Add the hour"),
        ("/event create Hike | 明天", "Add the hour"),
        ("/event edit 1 time 01/02/2028 9:00", "can mean several", "01/02/2028"),
        asks=True,
    ),
    *lines(
        ("/event publish 99", "There is no event #99", "#99"),
        ("/event publish 1", "is published already", "Hike"),
        ("/event discard 1", "is no draft", "Hike"),
        ("/event discard 99", "There is no event #99", "#99"),
        where="private",
    ),
    *lines(
        ("/event create Mine | Sat 9:00", "Only people who may run events"),
        ("/event edit 1 seats 100", "Only people who may run events"),
        ("/event copy 1", "Only people who may run events"),
        ("/event draft Mine | Sat 9:00", "Only people who may run events"),
        ("/event drafts", "Only people who may run events"),
        ("/event publish 1", "Only people who may run events"),
        ("/event discard 1", "Only people who may run events"),
        ("/event template", "Only people who may run events"),
        ("/event cancel 1", "Only people who may run events"),
        ("/event close 1", "Only people who may run events"),
        ("/event weather 1", "Only people who may run events"),
        ("/event reopen 4", "Only people who may run events"),
        who="Mei",
    ),
    *form(
        ("/event create",),
        ("x" * 101, "too long", "100"),
        (ZERO_WIDTH, "Please write it as a text"),
    ),
    *form(
        ("/event create", "Hike"),
        ("on the moon", "Please choose"),
    ),
    *form(
        ("/event create", "Hike", "offline"),
        ("yesterday 9:00", "is already past"),
        ("Sat 25:00-26:00", "", "25:00"),
        ("25:00", "", "25:00"),
        ("不知道", NOT_A_TIME, "不知道"),
    ),
    *form(
        ("/event create", "Hike", "offline", "2027-05-01 09:00", "the gate"),
        ("0", "from 1 to 10,000", "10,000"),
        ("-5", "from 1 to 10,000", "10,000"),
        ("1.5", "from 1 to 10,000", "10,000"),
        ("many", "from 1 to 10,000", "10,000"),
        ("1000000000", "from 1 to 10,000", "10,000"),
        ("９９９９９", "from 1 to 10,000", "10,000"),
        ("5 or 6", "from 1 to 10,000", "10,000"),
    ),
    *form(
        ("/event create", "Hike", "online", "2027-05-01 09:00"),
        ("meet.example.org", "begins with https://"),
        ("ftp://example.org", "begins with https://"),
    ),
    *form(
        ("/event create", "Hike", "offline", "2027-05-01 09:00"),
        ("x" * 201, "", "200"),
    ),
    *form(
        ("/event create", "Hike", "offline", "2027-05-01 09:00", "the gate", "20"),
        ("yes please", "Please tap Save"),
    ),
    *form(
        ("/event edit 1 guests",),
        ("9", "at most 3"),
        ("some", "at most 3"),
    ),
    *form(
        ("/event edit 1 deadline",),
        ("yesterday", ""),
    ),
    *form(
        ("/event edit 1 reminders",),
        ("whenever", "1 day, 2 hours"),
        ("1 minute", "from 5 minutes to 31 days"),
    ),
    *form(
        ("/event edit 1 questions",),
        ("x" * 201, "At most 5 questions"),
        ("a?\nb?\nc?\nd?\ne?\nf?", "At most 5 questions"),
    ),
    *form(
        ("/event edit 1 picture",),
        ("a fine picture", "as a photo"),
    ),
    *form(
        ("/event edit 1 length",),
        ("long", "from 5 minutes to 31 days"),
        ("1 minute", "from 5 minutes to 31 days"),
        ("2 years", "from 5 minutes to 31 days"),
    ),
    Line("", first=("/event create",), en=("Please write it as a text",), where="private", asks=True, file="photo"),
]
