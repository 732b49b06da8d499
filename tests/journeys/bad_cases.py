"""What people type and tap by mistake, or forge, about cases and the ledger of a group."""

from __future__ import annotations

from dataclasses import replace

from tests.journeys.bad_input import TAPPED, ZERO_WIDTH, Tap, form, lines

NAME_THEM = "Say whom you mean"
NOT_ALLOWED = "Only people who may"
NO_NUMBER = "is not the number of a case"
UNSEEN = "I have not seen anybody called"
OTHER_GROUP = "belongs to another group"
NO_TIME = "is no time that I understand"
OUT_OF_DATE = "This list is out of date"
GONE = "no longer here"


def _taps(*rows: tuple[str, ...], **common: object) -> list[Tap]:
    """Make taps of (data, English, names...)."""
    return [replace(Tap(data, (en,) if en else (), names=tuple(names)), **common) for data, en, *names in rows]  # type: ignore[arg-type]


LINES = [
    *lines(
        ("/ladder settings foo", "is nothing that can be set here", "“foo”"),
        ("/ladder settings 随便", "is nothing that can be set here", "“随便”"),
        ("/ladder settings expiry", "1 to 3650 whole days", "3650"),
        ("/ladder settings expiry off", "1 to 3650 whole days", "“off”"),
        ("/ladder settings expiry 12h", "1 to 3650 whole days", "“12h”"),
        ("/ladder settings clean 0", "1 to 3650 whole days", "“0”"),
        ("/ladder settings cap 21", "a number from 1 to 20", "“21”", "20"),
        ("/ladder settings cap -1", "a number from 1 to 20", "“-1”"),
        ("/ladder settings leave 10 min", "whole hours up to 14 days", "“10 min”"),
        ("/ladder settings points maybe", "write on or off", "“maybe”"),
        ("/ladder settings hidden", "write on or off"),
        ("/ladder set no media", "needs a length"),
        ("/ladder set kick 2h", "A kick comes without a length"),
        ("/ladder set ban, warning", "Nothing comes after a removal or a ban for good"),
        ("/ladder set unban", "is no step I know", "“unban”"),
        ("/case", "Which case?"),
        ("/case x", NO_NUMBER, "“x”"),
        ("/case 0", NO_NUMBER, "“0”"),
        ("/case -1", NO_NUMBER, "“-1”"),
        ("/case 2.5", NO_NUMBER, "“2.5”"),
        ("/case 99999999999999", NO_NUMBER, "“99999999999999”"),
        ("/case 99", "no case #99", "#99"),
        ("/case 99 reason none", "no case #99", "#99"),
        ("/case 2 hug", "nothing that can be done with a case", "“hug”", "2"),
        ("/case 2 删除", "nothing that can be done with a case", "“删除”"),
        ("/case 2 reason", "Write the new reason behind it", "2"),
        ("/case 2 原因", "Write the new reason behind it", "2"),
        ("/case 2 reason " + ZERO_WIDTH, "Write the new reason behind it", "2"),
        ("/case 2 reason spam", "reason of case #2 already", "#2"),
        ("/case 2 reason " + "x" * 501, "The reason has 501 characters", "501", "500"),
        ("/cases x", NAME_THEM),
        ("/cases 0", NAME_THEM),
        ("/cases 2.5", NAME_THEM),
        ("/cases 99", "no case #99", "#99"),
        ("/cases @nobody", UNSEEN, "nobody"),
        ("/cases -1001234567890", "I have not seen anybody with the id", "-1001234567890"),
        ("/ledger -1001234567890", "I have not seen anybody with the id", "-1001234567890"),
        ("/cases @qunguan_bot", "That is me"),
        ("/cases 999999999", "I have not seen anybody with the id", "999999999"),
        ("/ledger foo", "I do not know what “foo” means here", "“foo”"),
        ("/ledger 随便", "I do not know what “随便” means here", "“随便”"),
        ("/ledger A9", "There is no rule “A9”", "“A9”"),
        ("/ledger 规则 Z1", "There is no rule “Z1”", "“Z1”"),
        ("/ledger @nobody", UNSEEN, "nobody"),
        ("/ledger by @nobody", UNSEEN, "nobody"),
        ("/ledger 999999999", "I have not seen anybody with the id", "999999999"),
        ("/ledger @mei @carl", "is the second of its kind", "“@carl”"),
        ("/ledger by @ben by bot", "is the second of its kind", "“by bot”"),
        ("/ledger 本月 上月", "is the second of its kind", "“上月”"),
        ("/ledger xlsx csv", "is the second of its kind", "“csv”"),
        ("/ledger expired undone", "is the second of its kind", "“undone”"),
        ("/ledger 生效中 申诉中", "is the second of its kind", "“申诉中”"),
        ("/ledger state purple", "I do not know what “state purple” means here", "“state purple”"),
        ("/ledger department Moon", "No case names a department “Moon”", "“Moon”"),
        ("/ledger 2027-02-30", "I do not know what “2027-02-30” means here", "“2027-02-30”"),
        ("/ledger by weather", "I do not know what “by weather” means here", "“by weather”"),
        ("/ledger <b>x</b>", "I do not know what “<b>x</b>” means here", "“<b>x</b>”"),
        ("/ledger " + "x" * 400, "I do not know what"),
    ),
    *lines(
        ("/case 2", "no case #2", "#2"),
        ("/case 2 reason none", "no case #2", "#2"),
        ("/case 1 reason none", "Only people who may warn and mute"),
        ("/cases @carl", "You can see your own warnings"),
        ("/ledger", NOT_ALLOWED),
        ("/ledger this month xlsx", NOT_ALLOWED),
        who="Mei",
    ),
    *form(
        ("/ladder", TAPPED + "v.ask:{g}:{view}:u"),
        ("somebody", NAME_THEM),
        ("@", NAME_THEM),
        ("@mei and carl", NAME_THEM),
        (ZERO_WIDTH, NAME_THEM),
        ("@nobody", UNSEEN, "nobody"),
        ("999999999", "I have not seen anybody with the id", "999999999"),
    ),
    *form(
        ("/ladder", TAPPED + "v.ask:{g}:{view}:p"),
        ("soon", NO_TIME, "“soon”"),
        ("随便", NO_TIME, "“随便”"),
        ("2027-02-30", NO_TIME, "“2027-02-30”"),
        ("from", NO_TIME, "“from”"),
        ("last 0 days", NO_TIME, "“last 0 days”"),
        ("2027-03-01 2027-13-01", NO_TIME, "“2027-03-01 2027-13-01”"),
        (ZERO_WIDTH, NO_TIME),
    ),
    *form(
        ("/ladder settings", TAPPED + "v.choose:{g}:expiry:ask"),
        ("0", "1 to 3650 whole days", "“0”"),
        ("soon", "1 to 3650 whole days", "“soon”"),
        ("off", "1 to 3650 whole days", "“off”"),
    ),
    *form(("/ladder settings", TAPPED + "v.choose:{g}:clean:ask"), ("12h", "1 to 3650 whole days", "“12h”")),
    *form(("/ladder settings", TAPPED + "v.choose:{g}:cap:ask"), ("21", "a number from 1 to 20", "“21”")),
    *form(("/ladder settings", TAPPED + "v.choose:{g}:leave:ask"), ("10 min", "whole hours up to 14 days", "“10 min”")),
]

TAPS = [
    *_taps(
        ("v.lfor:{g}:A9", "no more"),
        ("v.lfor:{g}:", "no more"),
        ("v.lfor0:{g}:<b>", "no more"),
        ("v.choose:{g}:foo:on", "out of date"),
        ("v.choose:{g}:points:maybe", "out of date"),
        ("v.choose:{g}::", "out of date"),
    ),
    *_taps(
        ("v.case:{g}:99999", GONE),
        ("v.case:{g}:-1", GONE),
        ("v.case:{g}:{other_case}", GONE),
        ("v.story:{g}:99999:1", GONE),
        ("v.story:{g}:{other_case}:0", GONE),
        ("v.evid:{g}:99999", "no evidence kept"),
        ("v.evid:{g}:{other_case}", "no evidence kept"),
        ("v.evid:{g}:{case}", "no evidence kept"),
        ("v.amend:{g}:99999", GONE),
        ("v.amend:{g}:{other_case}", GONE),
        ("v.list:{g}:99999:1", OUT_OF_DATE),
        ("v.list:{g}:-1:0", OUT_OF_DATE),
        ("v.side:{g}:99999:r", OUT_OF_DATE),
        ("v.side:{g}:99999:zz", OUT_OF_DATE),
        ("v.set:{g}:99999:r:A3", OUT_OF_DATE),
        ("v.set:{g}:99999:p:*", OUT_OF_DATE),
        ("v.set:{g}:99999:zz:zz", OUT_OF_DATE),
        ("v.ask:{g}:99999:u", OUT_OF_DATE),
        ("v.ask:{g}:99999:r", OUT_OF_DATE),
        ("v.sum:{g}:99999:r", OUT_OF_DATE),
        ("v.sum:{g}:99999:zz", OUT_OF_DATE),
        ("v.file:{g}:99999:xlsx:1", OUT_OF_DATE),
        ("v.file:{g}:99999:exe:-7", OUT_OF_DATE),
        *(
            (f"v.{rest}", OUT_OF_DATE)
            for rest in (
                "side:{g}:{view}:zz",
                "set:{g}:{view}:zz:zz",
                "set:{g}:{view}:s:purple",
                "set:{g}:{view}:s:",
                "set:{g}:{view}:p:zz",
                "set:{g}:{view}:d:zz",
                "set:{g}:{view}:u:--5",
                "set:{g}:{view}:b:x",
                "ask:{g}:{view}:r",
                "ask:{g}:{view}:s",
                "sum:{g}:{view}:s",
                "sum:{g}:{view}:zz",
                "file:{g}:{view}:exe:1",
            )
        ),
        on="private",
    ),
    *_taps(
        *(
            (data, NOT_ALLOWED)
            for data in (
                "v.case:{g}:{case}",
                "v.story:{g}:{case}:0",
                "v.evid:{g}:{case}",
                "v.amend:{g}:{undone}",
                "v.list:{g}:1:1",
                "v.side:{g}:1:u",
                "v.set:{g}:1:r:A3",
                "v.ask:{g}:1:u",
                "v.sum:{g}:1:r",
                "v.file:{g}:1:xlsx:1",
            )
        ),
        ("v.list:{o}:1:1", OTHER_GROUP),
        ("v.evid:{o}:{other_case}", OTHER_GROUP),
        who="Mei",
    ),
    *_taps(
        *((data, NOT_ALLOWED) for data in ("v.case:{g}:{case}", "v.list:{g}:1:1", "v.file:{g}:1:csv:1")),
        who="Zoe",
        on="private",
    ),
]
