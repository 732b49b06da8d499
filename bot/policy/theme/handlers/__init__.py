"""The theme of a group on Telegram: its page, its words, its prepared posts, and what steers the talk back (R04)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.i18n import N_
from bot.policy.handlers.codes import SETTERS
from bot.policy.handlers.part import Part
from bot.policy.service.book import NAME
from bot.policy.theme.handlers import codes
from bot.policy.theme.handlers.pages import Pages
from bot.policy.theme.handlers.posts import Posts, parse_post
from bot.policy.theme.handlers.steering import Steering, ThemeGuard
from bot.policy.theme.rules.theme import LONGEST, SHORTEST, Draft
from bot.policy.theme.rules.typed import fault_of_typed
from bot.policy.theme.service.desk import Desk
from bot.policy.theme.service.watching import Watching
from bot.policy.theme.texts import faults, naming
from bot.policy.theme.texts import page as on_page
from bot.policy.theme.texts import posts as on_posts
from bot.tg.capability import Button, Capability, Command, ResultKind
from bot.tg.forms import Form, Problem, Question
from bot.tg.forms.questions import ask_duration

if TYPE_CHECKING:
    from bot.chats.service import GroupBook
    from bot.tg.forms import Asking, Reply

__all__ = ["part"]


def part(book: GroupBook) -> Part:
    """Return this part."""
    watching = Watching()
    desk = Desk(watching)
    pages, posts, steering = Pages(desk), Posts(desk), Steering(desk, book)
    offer = _offer(pages, posts, steering, ThemeGuard(watching, steering))
    return Part(offer, pages.lines, keys=(lambda texts, group: codes.PAGE.key(on_page.page_label(texts), group),))


def _offer(pages: Pages, posts: Posts, steering: Steering, guard: ThemeGuard) -> Capability:
    return Capability(
        name=NAME,
        title=naming.TITLE,
        commands=(*_settings(pages), *_posts(posts)),
        buttons=_buttons(pages, posts),
        forms=_forms(pages, posts),
        results=(ResultKind(codes.RESULT, steering.answered, shows_uncertain=True, shows_refused=True),),
        guards=(guard,),
        audit=naming.AUDIT,
    )


def _settings(pages: Pages) -> tuple[Command, ...]:
    def sub(name: str, run: Any, help_line: str, usage: tuple[str, ...], *aliases: str) -> Command:
        return Command("theme", run, help_line, usage, sub=name, sub_aliases=aliases, access=SETTERS)

    return (
        Command("theme", pages.command, naming.HELP, ("/theme",), access=SETTERS, title=naming.TITLE),
        sub(
            "words", pages.words, naming.HELP_WORDS, (N_("/theme words hiking, trail, summit"),), "word", "词", "主题词"
        ),
        sub("on", pages.on, naming.HELP_ON, ("/theme on",), "开", "开启", "打开"),
        sub("off", pages.off, naming.HELP_OFF, ("/theme off",), "关", "关闭"),
        sub("after", pages.after, naming.HELP_AFTER, (N_("/theme after 90 min"),), "时限", "多久"),
        sub("then", pages.then, naming.HELP_THEN, (N_("/theme then post"),), "之后", "到时"),
        sub("learn", pages.learn, naming.HELP_LEARN, (N_("/theme learn on"),), "学习"),
    )


def _posts(posts: Posts) -> tuple[Command, ...]:
    return (
        Command(
            "theme",
            posts.add,
            naming.HELP_ADD,
            (N_("/theme add Which trail shall we take in spring?"), N_("/theme add (as a reply to the message)")),
            sub="add",
            sub_aliases=("prepare", "添加", "新增", "备稿"),
            access=SETTERS,
        ),
        Command(
            "theme",
            posts.command,
            naming.HELP_POSTS,
            ("/theme posts",),
            sub="posts",
            sub_aliases=("queue", "list", "列表", "队列"),
            access=SETTERS,
        ),
        Command(
            "theme",
            posts.send,
            naming.HELP_SEND,
            ("/theme send",),
            sub="send",
            sub_aliases=("post", "发送", "发布"),
            access=SETTERS,
        ),
    )


def _buttons(pages: Pages, posts: Posts) -> tuple[Button, ...]:
    return (
        Button(codes.PAGE, pages.page, SETTERS),
        Button(codes.SWITCH, pages.switch, SETTERS),
        Button(codes.WORDS, pages.ask_words, SETTERS),
        Button(codes.AFTER, pages.tap_after, SETTERS),
        Button(codes.THEN, pages.tap_then, SETTERS),
        Button(codes.LEARN, pages.tap_learn, SETTERS),
        Button(codes.LEARNED, pages.learned, SETTERS),
        Button(codes.STRIKE, pages.strike, SETTERS),
        Button(codes.LET_BE, pages.let_be, SETTERS),
        Button(codes.ADD, posts.ask, SETTERS),
        Button(codes.POSTS, posts.page, SETTERS),
        Button(codes.POST, posts.one, SETTERS),
        Button(codes.FIRST, posts.first, SETTERS),
        Button(codes.REMOVE, posts.remove, SETTERS),
        Button(codes.SEND, posts.tap_send, SETTERS),
    )


def _forms(pages: Pages, posts: Posts) -> tuple[Form[Any], ...]:
    words = Question("words", naming.WORDS_LABEL, lambda asking: on_page.ask_words(asking.texts), _parse_words)
    after = ask_duration(
        "after",
        naming.AFTER_LABEL,
        lambda asking: on_page.ask_time(asking.texts),
        SHORTEST,
        LONGEST,
    )
    post = Question("post", naming.POST_LABEL, lambda asking: on_posts.ask_post(asking.texts), parse_post, Draft)
    return (
        Form(codes.WORDS_FORM, naming.WORDS_TITLE, (words,), pages.finish_words, SETTERS),
        Form(codes.AFTER_FORM, naming.AFTER_TITLE, (after,), pages.finish_after, SETTERS),
        Form(codes.POST_FORM, naming.POST_TITLE, (post,), posts.finish, SETTERS),
    )


def _parse_words(asking: Asking, reply: Reply) -> str | Problem:
    fault = fault_of_typed(reply.text)
    return reply.text if fault is None else Problem(faults.wrong(asking.texts, fault))
