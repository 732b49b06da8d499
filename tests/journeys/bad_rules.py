"""What people type and tap by mistake, or forge, about the rules of a group and whom they spare."""

from __future__ import annotations

from dataclasses import replace

from tests.journeys.bad_input import ZERO_WIDTH, Line, Tap, form, lines

NO_RULE = "is no rule of this group"
NO_PART = "is nothing that can be set of rule A1"
NO_KIND = "is nothing that a rule can look for"
GONE = "There is no such rule any more"
NOT_ALLOWED = "Only people who may"
OUT_OF_DATE = "This button is out of date"
OTHER_GROUP = "belongs to another group"
NOT_IN_IT = "This belongs to a group that you are not in"
SAY_HOW_MANY = "Please write how many samples"
NOT_A_NUMBER = "Please choose a number from 10 to 4,000"
NO_LINK = "Please send the link to a group or topic"
NO_ROLES = "Please write the roles that are spared"
NO_TIME = "That is no time I understand"


def _taps(*rows: tuple[str, ...], **common: object) -> list[Tap]:
    """Make taps of (data, English, names...)."""
    return [replace(Tap(data, (en,) if en else (), names=tuple(names)), **common) for data, en, *names in rows]  # type: ignore[arg-type]


LINES = [
    *lines(
        ("/policy x", NO_RULE, "“x”"),
        ("/policy A9", NO_RULE, "“A9”"),
        ("/policy A0", NO_RULE, "“A0”"),
        ("/policy A99999999999", NO_RULE, "“A99999999999”"),
        ("/policy Ａ９ on", NO_RULE),
        ("/policy links", NO_RULE, "“links”"),
        ("/policy A1 nonsense", NO_PART, "“nonsense”"),
        ("/policy A1 乱写", NO_PART, "“乱写”"),
        ("/policy A1 limit 9", NOT_A_NUMBER, "4,000"),
        ("/policy A1 limit many", NOT_A_NUMBER, "4,000"),
        ("/policy A1 limit 99999999999999999999", NOT_A_NUMBER, "4,000"),
        ("/policy A1 title " + "t" * 61, "A title has at most 60", "60"),
        ("/policy A1 reaction explode", "Please write record, hint or delete"),
        ("/policy A1 when soon", NO_TIME),
        ("/policy A1 when 25:00-26:00", NO_TIME),
        ("/policy A1 for whom martians", "a number of days from 1 to 365", "365"),
        ("/policy A1 for whom 400 days", "a number of days from 1 to 365", "365"),
        ("/policy A1 approved perhaps", "Please write yes or no"),
        ("/policy A1 roles perhaps", NO_ROLES),
        ("/policy A1 spare kings, editors", NO_ROLES),
        ("/policy A1 豁免 国王", NO_ROLES),
        ("/policy A1 spare owners", NO_ROLES),
        ("/policy A3 hosts " + "h" * 61, "A word of a list has at most 60", "60"),
        ("/policy A1 first never", "the ladder begins after a hint"),
        ("/policy A1 points 6", "points from 1 to 5", "5"),
        ("/policy A1 hint " + "h" * 301, "A hint has at most 300", "300"),
        ("/policy A2 words - zzgamble", "Please write at least one word"),
        ("/policy A2 words " + "w" * 61, "A word of a list has at most 60", "60"),
        ("/policy add nonsense", NO_KIND, "“nonsense”"),
        ("/policy add 外星人", NO_KIND, "“外星人”"),
        ("/policy add length 9 hint", NOT_A_NUMBER, "4,000"),
        ("/policy add words " + "w" * 61, "A word of a list has at most 60", "60"),
        ("/policy add wrong_place bikes, tents hint", NO_LINK),
        ("/policy add wrong_place bikes, tents ftp://nowhere delete", NO_LINK),
        ("/policy add wrong_place https://t.me/hikers_market hint", "Please write at least one word"),
        ("/policy A4 patterns ab(c", "at character 3 is never closed", "ab(c", "3"),
        ("/policy A4 weight 13", "Please choose a number from 1 to 12", "12"),
        ("/policy add patterns ab(c delete", "at character 3 is never closed", "ab(c", "3"),
        ("/policy add patterns a(?=b) hint", "at character 2 is not possible", "(?=", "2"),
        ("/policy add patterns a* hint", "fits every message", "a*"),
        ("/policy add 匹配规则 好)a 删除", "at character 2 closes nothing", "好)a", "2"),
        ("/policy add patterns " + "x" * 201 + " delete", "A pattern has at most 200", "200"),
        ("/policy add private 0 delete", "Please choose a number from 1 to 20", "20"),
        ("/policy add insults " + "w" * 61, "A word of a list has at most 60", "60"),
        ("/policy keep all", SAY_HOW_MANY, "200", "90"),
        ("/policy keep 20", SAY_HOW_MANY, "200", "90"),
        ("/policy keep 201 for 7 days", SAY_HOW_MANY, "200", "90"),
        ("/policy keep 20 for 91 days", SAY_HOW_MANY, "200", "90"),
        ("/policy keep 20 for 0 days", SAY_HOW_MANY, "200", "90"),
        where="private",
    ),
    *lines(
        ("/rules A1", "/rules stands alone"),
        ("/approve @nobody", "I have not seen anybody called", "nobody"),
        ("/approve mei", "Say whom you mean"),
        ("/approve 999999999", "I have not seen anybody with the id", "999999999"),
        ("/approve @helper_bot", "Only members and channels that write here can be approved", "Helper"),
        ("/approve @qunguan_bot", "Only members and channels that write here can be approved"),
        ("/approve -1009876543210", "I have not seen anybody with the id", "-1009876543210"),
        ("/unapprove @nobody", "I have not seen anybody called", "nobody"),
        ("/unapprove @mei", "Mei is not approved", "Mei"),
    ),
    Line("/unapprove", en=("is not approved",), names=("News",), reply="channel"),
    *lines(
        ("/policy", NOT_ALLOWED),
        ("/policy A1 off", NOT_ALLOWED),
        ("/policy add links delete", NOT_ALLOWED),
        ("/policy keep 20 for 7 days", NOT_ALLOWED),
        ("/approve @carl", NOT_ALLOWED),
        ("/unapprove @carl", NOT_ALLOWED),
        who="Mei",
    ),
    *form(("/policy add",), ("something", "Links and where a message comes from", "")),
    *form(
        ("/policy add patterns",),
        ("a|*b", "at character 3 repeats nothing", "3"),
        ("好[z-a]", "is no range of characters", "z-a"),
        (".*", "fits every message"),
        ("x" * 201, "A pattern has at most 200", "200"),
        ("\n".join(f"x{number}" for number in range(51)), "A rule has at most 50 patterns", "50"),
    ),
    *form(("/policy add wrong_place",), ("w" * 61, "A word of a list has at most 60", "60"), (ZERO_WIDTH, "")),
    *form(
        ("/policy add wrong_place", "bikes, tents"),
        ("nowhere", NO_LINK),
        ("ftp://nowhere", NO_LINK),
        ("https://t.me/" + "h" * 200, "at most 200", "200"),
        (ZERO_WIDTH, ""),
    ),
    *form(("/policy A1 limit",), ("9", NOT_A_NUMBER, "4,000"), ("many", NOT_A_NUMBER, "4,000"), (ZERO_WIDTH, "")),
    *form(("/policy A1 when",), ("soon", NO_TIME)),
    *form(("/policy A1 title",), ("t" * 61, "A title has at most 60", "60")),
    *form(("/policy A1 hint",), ("h" * 301, "A hint has at most 300", "300")),
    *form(("/policy A1 points",), ("7", "points from 1 to 5", "5")),
    *form(("/policy A4 patterns",), ("a|*b", "at character 3 repeats nothing", "3")),
    *form(("/policy A4 weight",), ("0", "Please choose a number from 1 to 12", "12")),
    *form(("/policy A3 words",), ("w" * 61, "A word of a list has at most 60", "60")),
    Line(
        "",
        en=("Please send a text file",),
        names=("UTF-8",),
        first=("/policy A3 words",),
        where="private",
        asks=True,
        file="sticker",
    ),
    *form(("/policy keep",), ("all of it", SAY_HOW_MANY, "200", "90")),
]
"""A1 is about length, A2 has a list of one word, A3 one without any, A4 is about advertising; all are off, and nobody is approved."""

TAPS = [
    *_taps(
        ("po.show:{g}:9", GONE),
        ("po.show:{g}:-1", GONE),
        ("po.state:{g}:9:on", GONE),
        ("po.state:{g}:1:asleep", GONE),
        ("po.on:{g}:9", GONE),
        ("po.edit:{g}:9", GONE),
        ("po.part:{g}:9:title", GONE),
        ("po.part:{g}:1:colour", GONE),
        ("po.part:{g}:1:f.words", GONE),
        ("po.part:{g}:1:f.hosts", GONE),
        ("po.file:{g}:9:f.words", GONE),
        ("po.file:{g}:1:f.most", GONE),
        ("po.samples:{g}:9:1", GONE),
        ("po.remove:{g}:9", GONE),
        ("po.show:{g}", OUT_OF_DATE),
        ("po.show:{g}:one", OUT_OF_DATE),
        ("po.list:{o}:1", OTHER_GROUP),
        ("po.add:{o}", OTHER_GROUP),
        ("po.keep:{o}", OTHER_GROUP),
        ("po.spare:{o}", OTHER_GROUP),
        ("po.spared:{o}:1", OTHER_GROUP),
        ("po.unspare:{o}:{mei}", OTHER_GROUP),
        ("po.rules:{o}:1", OTHER_GROUP),
    ),
    *_taps(
        ("po.list:{g}:1", NOT_ALLOWED),
        ("po.add:{g}", NOT_ALLOWED),
        ("po.show:{g}:1", NOT_ALLOWED),
        ("po.state:{g}:1:on", NOT_ALLOWED),
        ("po.on:{g}:1", NOT_ALLOWED),
        ("po.edit:{g}:1", NOT_ALLOWED),
        ("po.part:{g}:1:title", NOT_ALLOWED),
        ("po.part:{g}:1:roles", NOT_ALLOWED),
        ("po.file:{g}:2:f.words", NOT_ALLOWED),
        ("po.samples:{g}:1:1", NOT_ALLOWED),
        ("po.remove:{g}:1", NOT_ALLOWED),
        ("po.keep:{g}", NOT_ALLOWED),
        ("po.spare:{g}", NOT_ALLOWED),
        ("po.spared:{g}:1", NOT_ALLOWED),
        ("po.unspare:{g}:{mei}", NOT_ALLOWED),
        who="Mei",
    ),
    *_taps(("po.rules:{g}:1", NOT_IN_IT), ("po.list:{g}:1", ""), who="Zoe", on="private"),
]
