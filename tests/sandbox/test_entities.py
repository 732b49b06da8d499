"""Markup in, entities out, and back: with Telegram's words where markup is wrong."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.sandbox.telegram.entities import (
    EntityError,
    checked_link,
    detect,
    merge,
    normalise,
    parse_html,
    parse_markdown_v2,
    to_html,
    trim,
    utf16_len,
)


def _entity(kind: str, offset: int, length: int, **more: Any) -> dict[str, Any]:
    return {"type": kind, "offset": offset, "length": length, **more}


@pytest.mark.parametrize(
    ("tag", "kind"),
    [
        ("b", "bold"),
        ("strong", "bold"),
        ("i", "italic"),
        ("em", "italic"),
        ("u", "underline"),
        ("ins", "underline"),
        ("s", "strikethrough"),
        ("strike", "strikethrough"),
        ("del", "strikethrough"),
        ("tg-spoiler", "spoiler"),
        ("code", "code"),
        ("pre", "pre"),
        ("blockquote", "blockquote"),
        ("B", "bold"),
    ],
)
def test_each_plain_tag_gives_its_entity(tag: str, kind: str) -> None:
    assert parse_html(f"a <{tag}>bc</{tag}>") == ("a bc", [_entity(kind, 2, 2)])


@pytest.mark.parametrize(
    ("markup", "entity"),
    [
        ('<span class="tg-spoiler">ab</span>', _entity("spoiler", 0, 2)),
        ('<a href="https://example.com/x?a=1&amp;b=2">ab</a>', _entity("text_link", 0, 2, url="https://example.com/x?a=1&b=2")),
        ("<a href='example.com'>ab</a>", _entity("text_link", 0, 2, url="http://example.com/")),
        ("<a href=https://example.com>ab</a>", _entity("text_link", 0, 2, url="https://example.com/")),
        ('<a href="tg://user?id=42">ab</a>', _entity("text_link", 0, 2, url="tg://user?id=42")),
        ('<tg-emoji emoji-id="5368324170671202286">👍</tg-emoji>', _entity("custom_emoji", 0, 2, custom_emoji_id="5368324170671202286")),
        ('<pre><code class="language-py">ab</code></pre>', _entity("pre", 0, 2, language="py")),
        ("<blockquote expandable>ab</blockquote>", _entity("expandable_blockquote", 0, 2)),
        ('<tg-time unix="1647531900">ab</tg-time>', _entity("date_time", 0, 2, unix_time=1647531900)),
        ('<tg-time unix="1647531900" format="wDT">ab</tg-time>', _entity("date_time", 0, 2, unix_time=1647531900, date_time_format="wDT")),
    ],
)  # fmt: skip
def test_tags_with_values_keep_them(markup: str, entity: dict[str, Any]) -> None:
    assert parse_html(markup)[1] == [entity]


@pytest.mark.parametrize(
    ("markup", "complaint"),
    [
        ("hi <x>", 'Unsupported start tag "x" at byte offset 3'),
        ("é <x>", 'Unsupported start tag "x" at byte offset 3'),
        ("1 < 2", 'Unsupported start tag "" at byte offset 2'),
        ("<b>x", 'Can\'t find end tag corresponding to start tag "b"'),
        ("<b>x</i>", 'Unmatched end tag at byte offset 4, expected "</b>", found "</i>"'),
        ("x</b>", "Unexpected end tag at byte offset 1"),
        ("x<b", "Unclosed start tag at byte offset 1"),
        ("<b>x</b", "Unclosed end tag at byte offset 4"),
        ('<a href="x', 'Unclosed start tag "a" at byte offset 0'),
        ("<a =x>y</a>", 'Empty attribute name in the tag "a" at byte offset 0'),
        ("<span>x</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
        ("<tg-emoji>x</tg-emoji>", "Invalid custom emoji identifier specified"),
        ('<tg-time unix="soon">x</tg-time>', "Invalid date-time specified"),
        ('<tg-time unix="5" format="zz">x</tg-time>', "Invalid date-time format specified"),
    ],
)
def test_wrong_html_is_refused_in_telegrams_words(markup: str, complaint: str) -> None:
    with pytest.raises(EntityError) as caught:
        parse_html(markup)
    assert str(caught.value) == f"can't parse entities: {complaint}"


def test_named_and_numeric_references_are_decoded_and_others_stay() -> None:
    assert parse_html("&lt;&gt;&amp;&quot;&#33;&#x1F600;&nbsp;&")[0] == '<>&"!😀&nbsp;&'


def test_a_bare_end_tag_closes_the_last_one() -> None:
    assert parse_html("<b>a</>") == ("a", [_entity("bold", 0, 1)])


def test_offsets_count_utf16_units() -> None:
    text, entities = parse_html("😀<b>👨‍👩‍👧</b>群<i>管</i>")
    assert utf16_len("😀") == 2
    assert entities == [_entity("bold", 2, utf16_len("👨‍👩‍👧")), _entity("italic", utf16_len(text) - 1, 1)]


def test_outer_white_space_goes_and_the_entities_move_along() -> None:
    assert parse_html(" \n hello <b>x </b> \n") == ("hello x", [_entity("bold", 6, 1)])
    assert parse_html("<b> a</b>") == (" a", [_entity("bold", 0, 2)])
    assert parse_html(" <b> </b> ") == ("", [])
    assert trim("  plain ", []) == ("plain", [])


def test_code_splits_a_style_and_links_swallow_nothing() -> None:
    assert parse_html("<b>a<code>b</code>c</b>")[1] == [
        _entity("bold", 0, 1),
        _entity("code", 1, 1),
        _entity("bold", 2, 1),
    ]
    assert parse_html("<b>a<b>b</b></b><b>c</b>")[1] == [_entity("bold", 0, 3)]
    assert parse_html('<a href="ftp://x.y">a</a>') == ("a", [])
    assert parse_html("<a>example.com</a>")[1] == [_entity("text_link", 0, 11, url="http://example.com/")]


@pytest.mark.parametrize(
    ("markup", "text", "entities"),
    [
        ("*b* _i_ ~s~", "b i s", [_entity("bold", 0, 1), _entity("italic", 2, 1), _entity("strikethrough", 4, 1)]),
        ("__u__ ||s||x", "u sx", [_entity("underline", 0, 1), _entity("spoiler", 2, 1)]),
        ("`a.b` ```py\nx = 1```", "a.b x = 1", [_entity("code", 0, 3), _entity("pre", 4, 5, language="py")]),
        ("```\nx```", "x", [_entity("pre", 0, 1)]),
        ("[l](http://a.b/\\))", "l", [_entity("text_link", 0, 1, url="http://a.b/)")]),
        ("[a](tg://user?id=5)", "a", [_entity("text_link", 0, 1, url="tg://user?id=5")]),
        ("![x](tg://emoji?id=5)", "x", [_entity("custom_emoji", 0, 1, custom_emoji_id="5")]),
        ("![x](tg://time?unix=5&format=r)", "x", [_entity("date_time", 0, 1, unix_time=5, date_time_format="r")]),
        (">a\n>b\nc", "a\nb\nc", [_entity("blockquote", 0, 3)]),
        (">a\n**>b||", "a\nb", [_entity("blockquote", 0, 1), _entity("expandable_blockquote", 2, 1)]),
        ("*bold _both_*", "bold both", [_entity("bold", 0, 9), _entity("italic", 5, 4)]),
        ("___both___", "both", [_entity("italic", 0, 4), _entity("underline", 0, 4)]),
        ("1\\.5 \\\\ \\*", "1.5 \\ *", []),
    ],
)
def test_markdown_gives_entities(markup: str, text: str, entities: list[dict[str, Any]]) -> None:
    assert parse_markdown_v2(markup) == (text, entities)


@pytest.mark.parametrize(
    ("markup", "complaint"),
    [
        ("a.", "Character '.' is reserved and must be escaped with the preceding '\\'"),
        ("a-b", "Character '-' is reserved and must be escaped with the preceding '\\'"),
        ("é *a", "Can't find end of Bold entity at byte offset 3"),
        ("[a](b", "Can't find end of a URL at byte offset 4"),
        ("`a", "Can't find end of Code entity at byte offset 0"),
        (">*a\nb", "Can't find end of Bold entity at byte offset 1"),
        ("![x](http://a.b)", "Custom emoji URL must have scheme tg"),
    ],
)
def test_wrong_markdown_is_refused_in_telegrams_words(markup: str, complaint: str) -> None:
    with pytest.raises(EntityError) as caught:
        parse_markdown_v2(markup)
    assert str(caught.value) == f"can't parse entities: {complaint}"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("/warn@qunguan_bot @mei late", [("bot_command", "/warn@qunguan_bot"), ("mention", "@mei")]),
        ("a/b 1/2 </x>", []),
        ("see https://example.com/a_(b), ok?", [("url", "https://example.com/a_(b)")]),
        ("(https://example.com/a)", [("url", "https://example.com/a")]),
        ("www.example.org and example.com.", [("url", "www.example.org"), ("url", "example.com")]),
        ("write to olga@example.org", [("email", "olga@example.org")]),
        ("#hike #徒步 #2026 a#b", [("hashtag", "#hike"), ("hashtag", "#徒步")]),
        ("costs $USD", [("cashtag", "$USD")]),
        ("version 1.2.3 is.not_a_link", []),
        ("😀 @olga", [("mention", "@olga")]),
    ],
)
def test_commands_mentions_and_links_are_found(text: str, found: list[tuple[str, str]]) -> None:
    units = text.encode("utf-16-le")
    shown = [
        (e["type"], units[2 * e["offset"] : 2 * (e["offset"] + e["length"])].decode("utf-16-le")) for e in detect(text)
    ]
    assert shown == found


def test_nothing_is_detected_inside_code_or_a_link() -> None:
    text, explicit = parse_html('<code>/start</code> <a href="http://a.b">@olga</a> <b>@mei</b>')
    kinds = [(e["type"], e["offset"]) for e in merge(explicit, detect(text))]
    assert kinds == [("code", 0), ("text_link", 7), ("mention", 13), ("bold", 13)]


def test_html_for_the_page_is_safe() -> None:
    entities = [
        _entity("text_link", 0, 3, url="javascript:alert(1)"),
        _entity("text_link", 4, 3, url='https://a.b/"><script>'),
        _entity("pre", 8, 3, language='"><img src=x>'),
    ]
    shown = to_html("<x> a&b pre", entities)
    assert shown == (
        "&lt;x&gt; "
        '<a href="https://a.b/&quot;&gt;&lt;script&gt;">a&amp;b</a> '
        '<pre><code class="language-&quot;&gt;&lt;img src=x&gt;">pre</code></pre>'
    )


def test_crossing_entities_become_nested_tags() -> None:
    crossing = [_entity("bold", 0, 7), _entity("italic", 5, 6)]
    assert to_html("hello world", crossing) == "<b>hello<i> w</i></b><i>orld</i>"


def test_what_telegram_found_is_shown_as_links_without_a_foreign_target() -> None:
    text = "/go @mei a@b.org www.example.com"
    assert to_html(text, detect(text)) == (
        '<a class="bot_command">/go</a> <a class="mention">@mei</a> <a href="mailto:a@b.org">a@b.org</a> '
        '<a href="http://www.example.com/">www.example.com</a>'
    )
    mention = _entity("text_mention", 0, 3, user={"id": 7, "first_name": "Mei", "is_bot": False})
    assert to_html("Mei", [mention]) == '<a href="tg://user?id=7">Mei</a>'


@pytest.mark.parametrize("link", ["javascript:alert(1)", "data:text/html,x", "", "a b.c", "http://nodot", "vbscript:x"])
def test_what_is_no_link_is_refused(link: str) -> None:
    assert checked_link(link) is None


_KINDS: st.SearchStrategy[tuple[str, dict[str, Any]]] = st.sampled_from(
    [
        ("bold", {}),
        ("italic", {}),
        ("underline", {}),
        ("strikethrough", {}),
        ("spoiler", {}),
        ("code", {}),
        ("pre", {}),
        ("pre", {"language": "c++"}),
        ("blockquote", {}),
        ("expandable_blockquote", {}),
        ("text_link", {"url": 'https://example.com/?a=1&b="<'}),
        ("custom_emoji", {"custom_emoji_id": "5368324170671202286"}),
        ("date_time", {"unix_time": 1647531900, "date_time_format": "wDT"}),
    ]
)


@st.composite
def _marked(draw: st.DrawFn) -> tuple[str, list[dict[str, Any]]]:
    alphabet = st.sampled_from(list("ab<>&\"'\n 群😀é;#"))
    chars = draw(st.lists(alphabet, min_size=1, max_size=20))
    cuts = [0]
    for char in chars:
        cuts.append(cuts[-1] + utf16_len(char))
    entities = []
    for _ in range(draw(st.integers(0, 6))):
        left, right = sorted(draw(st.lists(st.sampled_from(cuts), min_size=2, max_size=2)))
        kind, more = draw(_KINDS)
        entities.append(_entity(kind, left, right - left, **more))
    return "".join(chars), entities


def _nested(entities: list[dict[str, Any]]) -> bool:
    spans = [(e["offset"], e["offset"] + e["length"]) for e in entities]
    return not any(a < c < b < d for a, b in spans for c, d in spans)


@given(_marked())
def test_html_written_is_the_html_read(marked: tuple[str, list[dict[str, Any]]]) -> None:
    text, given_entities = marked
    text, entities = trim(text, normalise(given_entities))
    shown, found = parse_html(to_html(text, entities))
    assert shown == text
    if _nested(entities):
        assert found == entities


@given(st.text(max_size=60))
def test_any_text_survives_escaping(text: str) -> None:
    assert parse_html(to_html(text, []))[0] == trim(text, [])[0]


@given(st.text(alphabet=st.sampled_from(list("<>/=\"' abipreco&;#\n_*[]()~`|!\\x")), max_size=40))
def test_no_markup_makes_a_parser_fall_over(markup: str) -> None:
    for parse in (parse_html, parse_markdown_v2):
        try:
            text, entities = parse(markup)
        except EntityError:
            continue
        assert all(e["offset"] >= 0 and e["offset"] + e["length"] <= utf16_len(text) for e in entities)
        to_html(text, merge(entities, detect(text)))
