"""Telegram in, services, effects out: making events. ``part`` is what this part offers."""

from __future__ import annotations

from bot.events.creating import texts as say
from bot.events.creating.handlers import codes, create, drafts, templates
from bot.events.handlers.codes import ORGANISERS
from bot.events.handlers.coming import Shortcut
from bot.events.handlers.panel import ANY, DRAFT, Entry
from bot.events.handlers.part import Part
from bot.events.texts import coming, organiser
from bot.i18n import N_
from bot.tg.capability import Button, Command


def part() -> Part:
    """Return the part."""
    return Part(
        commands=(*_making(), *_drafting()),
        buttons=_buttons(),
        forms=(*create.FORMS, templates.FORM),
        audit=say.AUDIT_PHRASES,
        panel=(
            Entry(say.PUBLISH, codes.PUBLISH, DRAFT),
            Entry(say.DISCARD, codes.DISCARD, DRAFT),
            Entry(say.COPY, codes.COPY, ANY),
            Entry(say.TEMPLATE, codes.KEEP, ANY),
        ),
        shortcuts=(
            Shortcut(coming.PLAN, "event.create", open=True),
            Shortcut(coming.COPY, "event.copy", open=True),
            Shortcut(coming.DRAFTS, "event.drafts"),
            Shortcut(coming.TEMPLATES, "event.template"),
        ),
    )


def _making() -> tuple[Command, ...]:
    return (
        Command(
            "event",
            create.create,
            organiser.HELP_CREATE,
            (
                "/event create",
                N_("/event create Saturday hike | Sat 09:00 | 20 seats | +1 | until Fri 20:00"),
                N_("/event create Talk on bees | Fri 19:00-20:30 | online https://meet.example.org/bees | free"),
                N_("/event create from hike | Sat 09:00"),
            ),
            sub="create",
            sub_aliases=("new", "创建", "新建", "发起"),
            access=ORGANISERS,
            form=create.CREATE,
            title=organiser.CREATE_TITLE,
        ),
        Command(
            "event",
            drafts.copy,
            say.HELP_COPY,
            ("/event copy 3",),
            sub="copy",
            sub_aliases=("复制", "照搬"),
            access=ORGANISERS,
        ),
        Command(
            "event",
            templates.templates,
            say.HELP_TEMPLATE,
            ("/event template", N_("/event template save 3 hike"), N_("/event template delete hike")),
            sub="template",
            sub_aliases=("templates", "模板"),
            access=ORGANISERS,
            title=say.TEMPLATES_TITLE,
        ),
    )


def _drafting() -> tuple[Command, ...]:
    return (
        Command(
            "event",
            create.draft,
            say.HELP_DRAFT,
            ("/event draft", N_("/event draft Saturday hike | Sat 09:00")),
            sub="draft",
            sub_aliases=("起草",),
            access=ORGANISERS,
            form=None,
        ),
        Command(
            "event",
            drafts.drafts,
            say.HELP_DRAFTS,
            ("/event drafts",),
            sub="drafts",
            sub_aliases=("草稿",),
            access=ORGANISERS,
            title=say.DRAFTS_TITLE,
        ),
        Command(
            "event",
            drafts.publish,
            say.HELP_PUBLISH,
            ("/event publish 7",),
            sub="publish",
            sub_aliases=("发布",),
            access=ORGANISERS,
        ),
        Command(
            "event",
            drafts.discard,
            say.HELP_DISCARD,
            ("/event discard 7",),
            sub="discard",
            sub_aliases=("丢弃",),
            access=ORGANISERS,
        ),
    )


def _buttons() -> tuple[Button, ...]:
    return (
        Button(codes.COPY, drafts.copy_picked, ORGANISERS),
        Button(codes.PUBLISH, drafts.publish_picked, ORGANISERS),
        Button(codes.DISCARD, drafts.discard_picked, ORGANISERS),
        Button(codes.DISCARD_SURE, drafts.discard_sure, ORGANISERS),
        Button(codes.KEEP, templates.keep_picked, ORGANISERS),
        Button(codes.USE, templates.use, ORGANISERS),
        Button(codes.DROP, templates.drop, ORGANISERS),
        Button(codes.DROP_SURE, templates.drop_sure, ORGANISERS),
        Button(codes.TEMPLATES, templates.back, ORGANISERS),
    )
