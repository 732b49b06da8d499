"""Taps that no keyboard of ours would send: foreign, stale, forged, from another group, and junk."""

from __future__ import annotations

from dataclasses import replace

from tests.journeys import bad_appeals, bad_broadcast, bad_cases, bad_parts, bad_regulation, bad_rules, bad_theme
from tests.journeys.bad_input import Tap

OUT_OF_DATE = "This button is out of date"
OTHER_GROUP = "belongs to another group"
NOT_IN_IT = "This belongs to a group that you are not in"
GONE_FORM = "This form is closed"
BEYOND = 9_999_999_999_999_999_999
"""As long as the longest number a button may carry, and too large for any database."""


def _taps(*rows: tuple[str, ...], **common: object) -> list[Tap]:
    """Make taps of (data, English, names...)."""
    return [replace(Tap(data, (en,) if en else (), names=tuple(names)), **common) for data, en, *names in rows]  # type: ignore[arg-type]


JUNK = _taps(
    *(
        (data, OUT_OF_DATE)
        for data in (
            "x",
            ":",
            "::::::::",
            "A" * 64,
            "🎉" * 16,
            "\x00\x01\x02",
            "{}",
            "%s%s%n",
            "../../etc/passwd",
            "'; DROP TABLE tg_outbox; --",
            "zz.zz:{g}:1",
            "AN.PUB:{g}:1",
            "an.pub",
            "an.pub:",
            "an.pub:abc:1",
            "an.pub:{g}",
            "an.pub:{g}:",
            "an.pub:{g}:1:2",
            "an.pub:{g}:one",
            "an.pub:{g}:1.5",
            "an.pub:{g}:９",
            "an.pub:{g}:٣",
            "an.pub:{g}:--1",
            "an.pub:{g}: 1",
            "an.pub:{g}:1e3",
            "an.pub:{g}:0x1",
            "an.pub:{g}:" + "9" * 40,
            f"an.pub:{{g}}:{BEYOND}",
            f"an.pub:{BEYOND}:1",
            f"ev.join:{{g}}:{BEYOND}",
            f"v.undo:{{g}}:{BEYOND}",
            f"h.me:{{g}}:{BEYOND}",
            f"f.c:0:{BEYOND}:0:0",
            f"dl.again:{{g}}:{BEYOND}",
            f"ap.yes:{{g}}:{BEYOND}",
            "an.pub:0:1",
            "ev.join:0:1",
            "g.lang:{g}:xx:yy",
            "g.use:{g}:1",
        )
    )
)
JUNK += [Tap("", (OUT_OF_DATE,)), Tap("x", (OUT_OF_DATE,), on="private"), Tap("x", (OUT_OF_DATE,), who="Mei")]

UNKNOWN = _taps(
    *(
        (f"{code}:{{g}}:{number}", f"There is no announcement #{number}", f"#{number}")
        for code in (
            "an.pub",
            "an.now",
            "an.when",
            "an.edit",
            "an.drop",
            "an.back",
            "an.there",
            "an.again",
            "an.pin",
            "an.show",
        )
        for number in (99, -1)
    ),
    *(
        (f"{code}:{{g}}:{{other_event}}", "")
        for code in ("ev.join", "ev.leave", "ev.more", "ev.fewer", "ev.list", "ev.show")
    ),
    *(
        (f"ev.{code}", "")
        for code in (
            "d.open:{g}:{other_event}",
            "d.here:{g}:{other_event}:{mei}:1",
            "d.here:{g}:-1:{mei}:0",
            "d.party:{g}:{other_event}:{mei}:1",
            "d.walk:{g}:{other_event}",
            "d.ways:{g}:{other_event}",
            "d.new:{g}:{other_event}",
            "d.let:{g}:{other_event}:1",
            "d.qr:{g}:{other_event}",
            "d.close:{g}:{other_event}:0",
            "d.keep:{g}:{other_event}",
            "d.me:{g}:{other_event}",
            "m.open:{g}:{other_event}",
            "m.table:{g}:{other_event}:0:1",
            "m.mark:{g}:{other_event}:{mei}:paid:0:1",
            "m.mark:{g}:{event}:{mei}:dance:0:1",
            "m.ask:{g}:{other_event}",
            "m.say:{g}:{other_event}:1",
            "m.paid:{g}:{other_event}",
        )
    ),
    ("ev.d.page:{g}:999:1", "is out of date"),
    ("ev.d.page:{g}:-1:1", "is out of date"),
    ("ev.d.view:{g}:9000000000:1", "is out of date"),
    ("ev.d.find:{g}:999", "is out of date"),
    ("ev.m.mark:{g}:{event}:999:paid:0:1", "no longer on the list"),
    ("ev.m.say:{g}:{event}:1", "not on the list"),
    ("ev.m.paid:{g}:{event}", "not on the list"),
    ("ev.m.ask:{g}:{event}", "Nobody owes"),
    ("ev.join:{g}:0", ""),
    ("ev.join:{g}:-1", ""),
    ("ev.page:{g}:{other_event}:1", ""),
    ("ev.file:{g}:{other_event}", "no longer exists"),
    ("ev.take:{g}:csv:{other_event}", "no longer exists"),
    ("ev.take:{g}:csv:-1", "no longer exists"),
    ("ev.take:{g}:pdf:{event}", "no longer exists"),
    ("ev.span:{g}:all", "no longer exists"),
    ("ev.span:{g}:20270230-", "no longer exists"),
    ("ev.takes:{g}:csv:20270101", "no longer exists"),
    ("ev.do:{g}:edit:{other_event}", ""),
    *(
        (f"ev.{code}:{{g}}:{{other_event}}", "")
        for code in ("manage", "panel", "copy", "publish", "discard", "template")
    ),
    *((f"ev.{code}:{{g}}:{BEYOND}", "") for code in ("manage", "panel", "copy", "publish", "discard", "template")),
    *((f"ev.template.{word}:{{g}}:1", "no longer exists") for word in ("use", "drop", "yes")),
    ("ev.template.use:{g}:-1", "no longer exists"),
    ("ev.discard.yes:{g}:{other_event}", "no longer exists"),
    ("ev.discard.yes:{g}:{event}", "is no draft", "Hike"),
    ("ev.publish:{g}:{event}", "is published already", "Hike"),
    ("ev.do:{g}:dance:{event}", ""),
    ("ev.do:{g}:cancel:-1", ""),
    ("ev.keep:{g}:{other_event}", ""),
    *(
        (f"{code}:{{g}}:{number}", "no longer exists")
        for code in ("ev.ics", "ev.sky", "ev.still", "ev.free")
        for number in ("{other_event}", "0", "-1", "99999")
    ),
    ("ev.freed:{g}:{other_event}:1", "no longer exists"),
    ("ev.freed:{g}:{event}:-1", "Nobody has been asked yet"),
    ("ev.free:{g}:{event}", "Nobody has been asked yet"),
    ("ev.lower:{g}:{other_event}:5:0", "/event list"),
    ("ev.lower:{g}:{event}:0:0", "at least 2 seats"),
    ("ev.lower:{g}:{event}:-7:0", "at least 2 seats"),
    ("ev.lower:{g}:{event}:1000000000:0", "at most 10,000", "10,000"),
    ("v.undo:{g}:{other_case}", "not on record"),
    ("v.undo:{g}:0", "not on record"),
    ("v.retry:{g}:{other_case}", "There is nothing to try again"),
    ("v.again:{g}:999", "This question is over"),
    ("ap.yes:{g}:999", ""),
    ("ap.no:{g}:-1", ""),
    ("ap.yes:{g}:{other_approval}", ""),
    ("ap.show:{g}:{other_approval}", ""),
    ("dl.again:{g}:999999", ""),
    ("dl.there:{g}:-1", ""),
    ("dl.h.again:0:999999", ""),
    ("h.me:{g}:999", "answered already, or has expired"),
    ("h.g:{g}:999", "answered already, or has expired"),
    ("f.c:0:999:0:0", GONE_FORM),
    ("f.ok:0:-1:0", GONE_FORM),
    ("f.ch:0:999:0", GONE_FORM),
    ("f.ag:0:999:0:1", GONE_FORM),
    ("au.page:{g}:0:zzz", "no longer valid"),
    ("m.run:{g}:dance", OUT_OF_DATE),
    ("m.run:{g}:", OUT_OF_DATE),
    ("g.form:{g}:dance", ""),
    ("g.more:{g}:99", ""),
    ("g.more:{g}:-1", ""),
    ("g.lang:{g}:xx", ""),
    ("g.sl:{g}:tlh", ""),
    ("g.zone:{g}:Mars/Olympus", ""),
    ("g.sz:{g}:../UTC", ""),
    ("g.quiet:{g}:loud", ""),
    ("g.quiet:{g}:25.00-26.00", ""),
    ("tp.resume:{g}:9", "This topic is open again already"),
    ("tp.open:{g}:9", "This topic is open again already"),
    ("qt.mode:{g}:loud", "no longer valid"),
    ("qt.note:{g}:7", "no longer valid"),
    ("qt.open:{g}:1", "no quiet hours in the next 24 hours", "24"),
    ("qt.open:{g}:0", "is not opened"),
    ("g.hol:{g}:2027-02-31:x", ""),
    ("g.topic:{g}:dance:0", ""),
    ("g.topic:{g}:events:5", ""),
    ("g.use:{g}", ""),
    ("g.link:{g}:{o}:1", ""),
    ("g.link:{g}:{g}:1", ""),
    ("g.link:{g}:99999:1", ""),
    ("g.my:0:en", ""),
    ("dg.time:{g}:2561", ""),
    ("dg.time:{g}:0831", ""),
    ("dg.where:{g}:nowhere", ""),
)
UNKNOWN += [Tap("g.my:0:xx", on="private"), Tap("f.x:0:999:1", (GONE_FORM,), on="private")]

STALE = _taps(
    ("an.pub:{g}:2", "was discarded", "#2"),
    ("an.now:{g}:2", "was discarded", "#2"),
    ("an.edit:{g}:2", "was discarded", "#2"),
    ("an.when:{g}:2", "was discarded", "#2"),
    ("an.drop:{g}:2", "was discarded", "#2"),
    ("an.pub:{g}:4", "is published already", "#4"),
    ("an.when:{g}:4", "is published already", "#4"),
    ("an.drop:{g}:4", "is published already", "#4"),
    ("an.pin:{g}:4", "is pinned already", "#4"),
    ("an.back:{g}:1", "is a draft", "#1"),
    ("an.there:{g}:1", "is a draft", "#1"),
    ("an.again:{g}:1", "is a draft", "#1"),
    ("an.pin:{g}:1", "is a draft", "#1"),
    ("ev.join:{g}:{cancelled}", ""),
    ("ev.leave:{g}:{cancelled}", ""),
    ("ev.more:{g}:{cancelled}", ""),
    ("ev.join:{g}:{over}", ""),
    ("ev.fewer:{g}:{over}", ""),
    ("ev.join:{g}:{closed}", ""),
    ("ev.do:{g}:edit:{cancelled}", "is cancelled", "Picnic"),
    ("ev.do:{g}:cancel:{over}", "has begun already", "Breakfast"),
    ("ev.do:{g}:reopen:{event}", "is not closed", "Hike"),
    ("ev.lower:{g}:{cancelled}:5:0", "is cancelled", "Picnic"),
    ("ev.ics:{g}:{cancelled}", "nothing to put into a calendar", "Picnic"),
    ("ev.sky:{g}:{cancelled}", "is cancelled", "Picnic"),
    ("ev.still:{g}:{over}", "has begun already", "Breakfast"),
    ("ev.free:{g}:{cancelled}", "is cancelled", "Picnic"),
    ("ev.freed:{g}:{over}:7", "has begun already", "Breakfast"),
    ("ev.lower:{g}:{event}:10:3", "is like that already"),
    ("ev.d.here:{g}:{cancelled}:{mei}:1", "is cancelled", "Picnic"),
    ("ev.d.here:{g}:{event}:{mei}:1", "opens on", "Hike"),
    ("ev.d.here:{g}:{over}:999:1", "no longer on the list"),
    ("ev.d.here:{g}:{over}:999:0", "no longer on the list"),
    ("ev.d.party:{g}:{over}:999:5", "no longer on the list"),
    ("ev.d.me:{g}:{cancelled}", "is cancelled"),
    ("ev.d.me:{g}:{event}", "opens on"),
    ("ev.d.me:{g}:{over}", "takes no check-in code"),
    ("ev.d.ways:{g}:{cancelled}", "needs no check-in code", "Picnic"),
    ("ev.d.qr:{g}:{cancelled}", "needs no check-in code", "Picnic"),
    ("ev.d.close:{g}:{event}:-1", "opens on", "Hike"),
    ("ev.d.close:{g}:{cancelled}:5", "is cancelled", "Picnic"),
    ("v.undo:{g}:{undone}", "is undone already", "#1"),
    ("v.retry:{g}:{undone}", "There is nothing to try again"),
    ("v.retry:{g}:{case}", "There is nothing to try again"),
    ("f.c:0:{bens_form}:9:0", "Only the person who was asked"),
    ("f.ch:0:{bens_form}:0", "Only the person who was asked"),
    ("f.ag:0:{bens_form}:0:1", "Only the person who was asked"),
)

FORGED = [
    # A member without the right.
    *_taps(
        *(
            (data, "Only people who may")
            for data in (
                *(
                    f"an.{act}:{{g}}:1"
                    for act in ("pub", "now", "later", "when", "edit", "drop", "back", "there", "again")
                ),
                "an.pin:{g}:4",
                "an.show:{g}:1",
                "an.list:{g}:1",
                "ev.do:{g}:cancel:{event}",
                "ev.manage:{g}:{event}",
                "ev.panel:{g}:{event}",
                "ev.copy:{g}:{event}",
                "ev.publish:{g}:{event}",
                "ev.discard:{g}:{event}",
                "ev.discard.yes:{g}:{event}",
                "ev.template:{g}:{event}",
                "ev.template.use:{g}:1",
                "ev.template.yes:{g}:1",
                "ev.templates:{g}",
                "ev.lower:{g}:{event}:5:0",
                "ev.keep:{g}:{event}",
                "ev.sky:{g}:{event}",
                "ev.still:{g}:{event}",
                "ev.free:{g}:{event}",
                "ev.freed:{g}:{event}:1",
                "ev.d.open:{g}:{over}",
                "ev.d.here:{g}:{over}:{mei}:1",
                "ev.d.party:{g}:{over}:{mei}:1",
                "ev.d.page:{g}:1:1",
                "ev.d.view:{g}:1:1",
                "ev.d.find:{g}:1",
                "ev.d.walk:{g}:{over}",
                "ev.d.ways:{g}:{over}",
                "ev.d.new:{g}:{over}",
                "ev.d.let:{g}:{over}:1",
                "ev.d.qr:{g}:{over}",
                "ev.d.close:{g}:{over}:0",
                "ev.d.keep:{g}:{over}",
                "ev.m.table:{g}:{over}:0:1",
                "ev.m.mark:{g}:{over}:{mei}:free:0:1",
                "ev.m.ask:{g}:{over}",
                "v.undo:{g}:{case}",
                "v.retry:{g}:{case}",
                "v.again:{g}:1",
                "ap.yes:{g}:1",
                "ap.show:{g}:1",
                "dl.again:{g}:1",
                "dl.page:{g}:1",
                "au.page:{g}:0:-",
                "g.page:{g}:home",
                "g.form:{g}:label",
                "g.check:{g}",
                "g.lang:{g}:en",
                "g.zone:{g}:Asia/Tokyo",
                "g.quiet:{g}:off",
                "tp.resume:{g}:1",
                "tp.list:{g}",
                "tp.stop:{g}",
                "tp.open:{g}:1",
                "qt.page:{g}",
                "qt.mode:{g}:restrict",
                "qt.note:{g}:0",
                "qt.open:{g}:1",
                "g.hol:{g}:2027-05-01:2027-05-01",
                "g.topic:{g}:events:0",
                "g.unl:{g}",
                "g.sl:{g}:en",
                "g.sz:{g}:Asia/Tokyo",
                "g.sc:{g}",
                "g.sd:{g}",
                "m.run:{g}:warn",
                "m.run:{g}:event.create",
                "m.run:{g}:settings",
                "h.me:{g}:{held}",
                "dg.time:{g}:0800",
                "dg.where:{g}:off",
                "dg.now:{g}",
            )
        ),
        who="Mei",
    ),
    *_taps(
        ("v.page:{g}:{carl}:1", "You can see your own warnings"),
        ("f.c:0:{bens_form}:1:0", "Only the person who was asked"),
        ("f.x:0:{bens_form}:1", "Only the person who was asked"),
        ("f.ok:0:{bens_form}:1", "Only the person who was asked"),
        ("h.g:{g}:{noras_held}", "answered already, or has expired"),
        who="Mei",
    ),
    # From another group, and from a private chat about a group one is not in.
    *_taps(
        *(
            (data, OTHER_GROUP)
            for data in (
                "an.pub:{o}:1",
                "ev.join:{o}:{other_event}",
                "v.undo:{o}:{other_case}",
                "g.unl:{o}",
                "ev.join:-5:1",
            )
        )
    ),
    *_taps(
        *((data, OTHER_GROUP) for data in ("an.pub:{g}:1", "ev.join:{g}:{event}", "g.zone:{g}:Asia/Tokyo")),
        who="Rita",
        on="other",
    ),
    *_taps(
        ("ev.join:{o}:{other_event}", NOT_IN_IT),
        ("an.pub:{o}:1", "Only people who may"),
        ("v.undo:{o}:{other_case}", "Only people who may"),
        ("g.use:{o}", NOT_IN_IT),
        ("h.g:{g}:{noras_held}", "answered already, or has expired"),
        ("f.c:0:{bens_form}:1:0", GONE_FORM),
        ("ev.join:999999:1", OTHER_GROUP),
        on="private",
    ),
    *_taps(
        ("ev.join:{g}:{event}", NOT_IN_IT),
        ("v.undo:{g}:{case}", "Only people who may"),
        ("m.run:{g}:menu", NOT_IN_IT),
        who="Zoe",
        on="private",
    ),
    *_taps(("ev.join:{g}:{event}", NOT_IN_IT), ("ev.list:{g}:{event}", NOT_IN_IT), who="Dora", on="private"),
    *_taps(
        ("ev.month:{g}:0", NOT_IN_IT),
        ("ev.mine:{g}:1", NOT_IN_IT),
        ("ev.past:{g}:1", NOT_IN_IT),
        ("ev.export:{g}", "Only people who may"),
        who="Zoe",
        on="private",
    ),
    *_taps(
        ("ev.export:{g}", "Only people who may"),
        ("ev.file:{g}:{event}", "Only people who may"),
        ("ev.take:{g}:csv:{event}", "Only people who may"),
        ("ev.takes:{g}:csv:-", "Only people who may"),
        ("ev.month:{o}:0", OTHER_GROUP),
        who="Mei",
    ),
]

SIGNING = [
    *_taps(
        ("ev.add:{g}:{other_event}", "no longer exists"),
        ("ev.add:{g}:-1", "no longer exists"),
        ("ev.add:{g}:{cancelled}", "is cancelled", "Picnic"),
        ("ev.remove:{g}:{other_event}", "no longer exists"),
        ("ev.remove:{g}:{over}", "has begun already", "Breakfast"),
        ("ev.rmpage:{g}:{event}:99", "Nobody is on the list"),
        ("ev.rmpage:{g}:{event}:-1", "Nobody is on the list"),
        ("ev.off:{g}:{event}:999999999", "Nobody is on the list"),
        ("ev.off:{g}:{other_event}:1", "no longer exists"),
        ("ev.offyes:{g}:{closed}:{mei}", "Nobody is on the list", "Dinner"),
        ("ev.offyes:{g}:{cancelled}:{mei}", "is cancelled", "Picnic"),
        ("ev.quiz:{g}:{event}", "nothing for you to answer"),
        ("ev.quiz:{g}:{other_event}", "no longer exists"),
        ("ev.answers:{g}:{event}", "asks nothing", "Hike"),
        ("ev.answers:{g}:0", "no longer exists"),
        ("ev.anspage:{g}:{other_event}:1", "no longer exists"),
        ("ev.own:{g}:{closed}", "You are not on the list", "Dinner"),
        ("ev.own:{g}:-1", "no longer exists"),
        ("ev.pardon:{g}:{mei}", "has missed no event", "Mei"),
        ("ev.pardon:{g}:-1", "has missed no event"),
        ("ev.set:{g}:dance", "Events of this group"),
        ("ev.setto:{g}:dance:on", OUT_OF_DATE),
        ("ev.setto:{g}:words:perhaps", OUT_OF_DATE),
        ("ev.setto:{g}:offer:1", OUT_OF_DATE),
        ("ev.setto:{g}:words:off", "set like that already"),
        ("ev.settype:{g}:words", OUT_OF_DATE),
        ("ev.settype:{g}:", OUT_OF_DATE),
        (f"ev.off:{{g}}:{{event}}:{BEYOND}", OUT_OF_DATE),
    ),
    *_taps(
        *(
            (data, "Only people who may")
            for data in (
                "ev.add:{g}:{event}",
                "ev.remove:{g}:{event}",
                "ev.rmpage:{g}:{event}:1",
                "ev.off:{g}:{event}:{carl}",
                "ev.offyes:{g}:{event}:{carl}",
                "ev.anspage:{g}:{event}:1",
                "ev.pardon:{g}:{carl}",
                "ev.set:{g}:words",
                "ev.setto:{g}:words:on",
                "ev.settype:{g}:offer",
            )
        ),
        ("ev.answers:{o}:{other_event}", OTHER_GROUP),
        who="Mei",
    ),
    *_taps(
        *((data, NOT_IN_IT) for data in ("ev.quiz:{g}:{event}", "ev.answers:{g}:{event}", "ev.own:{g}:{event}")),
        who="Zoe",
        on="private",
    ),
]

RECAP = [
    *_taps(
        *(
            (f"ev.{code}:{{g}}:{{other_event}}", "no longer exists")
            for code in ("fb", "ch", "ce", "cd", "ca", "cw", "cv", "cr")
        ),
        *((f"ev.{code}:{{g}}:{BEYOND}", "") for code in ("fb", "ch", "ce", "cd", "ci", "cw", "cv", "cr")),
        *((f"ev.{code}:{{g}}:{{event}}", "has not begun yet") for code in ("ch", "ce", "cd", "ca", "cw", "cv")),
        *((f"ev.{code}:{{g}}:{{cancelled}}", "was cancelled") for code in ("ch", "ce", "cd", "ca", "cw", "cv")),
        ("ev.fs:{g}:{event}:3", "not over yet"),
        ("ev.fs:{g}:{cancelled}:3", "was cancelled"),
        ("ev.fs:{g}:{event}:9", "no longer exists"),
        ("ev.fs:{g}:{event}:-1", "no longer exists"),
        ("ev.fs:{g}:{other_event}:3", "no longer exists"),
        ("ev.fa:{g}:{event}:dance", "no longer exists"),
        ("ev.fa:{g}:{event}:yes", "not over yet"),
        ("ev.cp:{g}:{event}:1", "has not begun yet"),
        ("ev.cg:{g}:{event}:0", "has not begun yet"),
        ("ev.cg:{g}:{over}:0", "changed since this preview"),
        ("ev.cv:{g}:{over}", "nothing to publish"),
        ("ev.cr:{g}:{over}", "no recap", "Breakfast"),
        ("ev.ci:{g}:1", "not there any more"),
        ("ev.ci:{g}:-1", "not there any more"),
        ("ev.cs:{g}:accept:1", "not there any more"),
        ("ev.cs:{g}:dance:1", "not there any more"),
        ("ev.cm:{g}:1:1", "not there any more"),
        ("ev.came:{g}:1066:1", "no longer exists"),
        ("ev.came:{g}:-7:1", "no longer exists"),
        ("ev.co:{g}:99999", "no longer exists"),
        ("ev.cb:{g}:0", "no longer exists"),
        ("ev.cb:{g}:2020", "Nobody has come", "2020"),
    ),
    *_taps(
        *(
            (data, "Only people who may")
            for data in (
                "ev.fb:{g}:{over}",
                "ev.cd:{g}:{over}",
                "ev.cp:{g}:{over}:1",
                "ev.ci:{g}:1",
                "ev.cs:{g}:accept:1",
                "ev.cm:{g}:1:1",
                "ev.ca:{g}:{over}",
                "ev.cw:{g}:{over}",
                "ev.cv:{g}:{over}",
                "ev.cg:{g}:{over}:0",
                "ev.cb:{g}:2027",
            )
        ),
        ("ev.ch:{o}:{other_event}", OTHER_GROUP),
        who="Mei",
    ),
    *_taps(*((data, NOT_IN_IT) for data in ("ev.ch:{g}:{over}", "ev.fs:{g}:{over}:3")), who="Zoe", on="private"),
]

TAPS: list[Tap] = [
    *JUNK,
    *UNKNOWN,
    *STALE,
    *FORGED,
    *SIGNING,
    *RECAP,
    *bad_parts.TAPS,
    *bad_cases.TAPS,
    *bad_appeals.TAPS,
    *bad_regulation.TAPS,
    *bad_theme.TAPS,
    *bad_broadcast.TAPS,
    *bad_rules.TAPS,
]
