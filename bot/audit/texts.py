"""How the audit log reads. A capability brings a phrase for each of its actions; one without a phrase shows its name."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from bot.i18n import N_, Html

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bot.audit.rules import Entry, Page
    from bot.i18n import Texts

TITLE = N_("Audit log")
HELP = N_("Who did what in this group")
OLDER = N_("Older ▸")
NEWEST = N_("⏮ Newest")
_PLACEHOLDER = re.compile(r"\{(\w+)\}")
_LENGTH = re.compile(r"PT(\d{1,9})S")
_INSTANT = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d(\.\d+)?)?(\+00:00| UTC)")


def page(texts: Texts, page_: Page, phrases: Mapping[str, str], filter_name: str | None) -> Html:
    """Write a page of the log; ``filter_name`` says to whom or what it was narrowed down."""
    if filter_name is None:
        head = texts.gettext("<b>Audit log</b>")
    else:
        head = texts.gettext("<b>Audit log</b>: {filter}", filter=filter_name)
    if not page_.entries:
        return head + Html("\n") + texts.gettext("Nothing is recorded here.")
    return Html("\n").join([head, *(line(texts, entry, phrases) for entry in page_.entries)])


def line(texts: Texts, entry: Entry, phrases: Mapping[str, str]) -> Html:
    """Write one entry."""
    return texts.gettext("{when} · {sentence}", when=texts.when(entry.at), sentence=sentence(texts, entry, phrases))


def sentence(texts: Texts, entry: Entry, phrases: Mapping[str, str]) -> Html:
    """Write what was done: ``{actor}``, ``{target}``, ``{before}``, ``{after}`` and the details' names may stand in a phrase.

    Beside the phrases of actions (``event.edited``) there may be words for what stands in their values (``event=seats``).
    """
    area = entry.action.partition(".")[0]
    words = {key.partition("=")[2]: word for key, word in phrases.items() if key.startswith(f"{area}=")}
    values = {
        **{key: _plain(texts, value, words) for key, value in entry.details.items()},
        "actor": _actor(texts, entry),
        "target": _target(entry),
        "before": _plain(texts, entry.before, words),
        "after": _plain(texts, entry.after, words),
    }
    phrase = phrases.get(entry.action)
    if phrase is not None:
        try:
            return texts.gettext(phrase, **values)
        except LookupError:
            # An entry written by another version may lack a detail: the log shows it all the same.
            pass
    return _bare(texts, entry, values)


def no_such_person(texts: Texts, name: str) -> Html:
    """Answer a filter that names nobody known."""
    return texts.gettext(
        "I know nobody called {name} here. Try <code>/audit @name</code>, <code>/audit event</code> or just"
        " <code>/audit</code>.",
        name=name[:64],
    )


def not_a_filter(texts: Texts, word: str, areas: Sequence[str]) -> Html:
    """Answer a filter that is neither a person nor an action; ``areas`` are the families of actions."""
    sorry = texts.gettext(
        "“{word}” is neither a person nor an action. Try <code>/audit @name</code>, <code>/audit event</code> or just"
        " <code>/audit</code>.",
        word=word[:64],
    )
    if not areas:
        return sorry
    known = texts.join(Html("<code>{}</code>").format(area) for area in areas)
    return Html("\n").join((sorry, texts.gettext("These are recorded: {areas}.", areas=known)))


def said_of(texts: Texts, phrase: str) -> tuple[str, ...]:
    """Return what is said of an action, in English and in the reader's language, without who did it to whom."""
    blank = dict.fromkeys(_PLACEHOLDER.findall(phrase), "")
    return _PLACEHOLDER.sub("", phrase), texts.label(phrase, **blank)


def stale_button(texts: Texts) -> str:
    """Answer a button whose data does not read."""
    return texts.label("This button is no longer valid. Send /audit again.")


def _bare(texts: Texts, entry: Entry, values: Mapping[str, object]) -> Html:
    what = texts.gettext("{actor}: <code>{action}</code> {target}", action=entry.action, **values)
    if entry.before is None and entry.after is None:
        return what
    return texts.gettext("{what} ({before} → {after})", what=what, **values)


# Names, not mentions: a mention would ring at everybody who is written about.
def _actor(texts: Texts, entry: Entry) -> Html:
    if entry.actor_id is None:
        return texts.gettext("the bot")
    return Html("<b>{}</b>").format(entry.actor_name or f"#{entry.actor_id}")


def _target(entry: Entry) -> Html:
    if entry.target_text:
        return Html("<b>{}</b>").format(entry.target_text)
    return Html("" if entry.target_id is None else f"<b>#{entry.target_id}</b>")


def _plain(texts: Texts, value: Any, words: Mapping[str, str]) -> str:
    if value is None:
        return "–"
    if isinstance(value, list):
        return ", ".join(_plain(texts, part, words) for part in value) or "–"
    if isinstance(value, dict):
        parts = (
            texts.label("{name}: {value}", name=_word(texts, key, words), value=_plain(texts, part, words))
            for key, part in value.items()
        )
        return ", ".join(parts) or "–"
    if isinstance(value, str) and _INSTANT.fullmatch(value):
        return texts.when(datetime.fromisoformat(value.replace(" UTC", "+00:00")))
    if isinstance(value, str) and (length := _LENGTH.fullmatch(value)):
        return texts.duration(timedelta(seconds=int(length[1])))
    return _word(texts, str(value), words)[:200]


def _word(texts: Texts, value: str, words: Mapping[str, str]) -> str:
    return texts.label(words[value]) if value in words else value
