from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.announcements.rules.content import Link
from bot.announcements.rules.links import (
    BYTES,
    IN_ROW,
    LABEL_LIMIT,
    MOST,
    URL_LIMIT,
    AddressTooLong,
    BadAddress,
    LabelTooLong,
    LinksTooLarge,
    NoAddress,
    NoLabel,
    TooManyLinks,
    read_links,
    written,
)

MAP = Link("Map", "https://example.org/map?a=1&b=2")
SIGN = Link("Sign up", "https://example.org/form")


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("Map https://example.org/map?a=1&b=2", ((MAP,),)),
        ("Map: https://example.org/map?a=1&b=2", ((MAP,),)),
        ("https://example.org/map?a=1&b=2 Map", ((MAP,),)),
        ("Sign up https://example.org/form | Map https://example.org/map?a=1&b=2", ((SIGN, MAP),)),
        ("Sign up https://example.org/form\n\nMap https://example.org/map?a=1&b=2\n", ((SIGN,), (MAP,))),
        ("报名 https://例子.中国/表｜频道 tg://resolve?domain=hikers", None),
        ("Ask tg://resolve?domain=hikers", ((Link("Ask", "tg://resolve?domain=hikers"),),)),
        ("HTTPS HTTPS://Example.org", ((Link("HTTPS", "HTTPS://Example.org"),),)),
        ("Server http://192.0.2.7:8080/x", ((Link("Server", "http://192.0.2.7:8080/x"),),)),
        ("-", ()),
        ("无", ()),
        ("", ()),
    ],
)
def test_buttons_as_they_are_written(typed: str, expected: object) -> None:
    found = read_links(typed)
    if expected is None:
        assert found == ((Link("报名", "https://例子.中国/表"), Link("频道", "tg://resolve?domain=hikers")),)
    else:
        assert found == expected


@pytest.mark.parametrize(
    ("typed", "problem"),
    [
        ("Map", NoAddress("Map")),
        ("Map example.org/map", BadAddress("example.org/map", "https://example.org/map")),
        ("Map t.me/hikers", BadAddress("t.me/hikers", "https://t.me/hikers")),
        ("Map ftp://example.org", BadAddress("ftp://example.org")),
        ("Map javascript:alert(1)", BadAddress("javascript:alert(1)")),
        ("Map mailto:a@example.org", BadAddress("mailto:a@example.org")),
        ("Map https://localhost", BadAddress("https://localhost")),
        ("Map https://", NoAddress("Map https://")),
        ("Map https://exa_mple..org", BadAddress("https://exa_mple..org")),
        ("Map https://example.org:99999999", BadAddress("https://example.org:99999999")),
        ("Map https://999.1.1.1", BadAddress("https://999.1.1.1")),
        ("https://example.org/map", NoLabel("https://example.org/map")),
        ("\u200b https://example.org/map", NoLabel("https://example.org/map")),
        ("Go https://a.org now", BadAddress("Go https://a.org now")),
        ("A https://a.org B https://b.org", BadAddress("A https://a.org B https://b.org")),
        ("x" * 65 + " https://a.org", LabelTooLong("x" * 65, 65)),
        ("😀" * 33 + " https://a.org", LabelTooLong("😀" * 33, 66)),
        ("A https://a.org/" + "x" * URL_LIMIT, AddressTooLong("A", URL_LIMIT + 14)),
        (" | ".join(["A https://a.org"] * (IN_ROW + 1)), TooManyLinks(IN_ROW + 1, IN_ROW, in_row=True)),
        ("\n".join(["A https://a.org"] * (MOST + 1)), TooManyLinks(MOST + 1, MOST)),
    ],
)
def test_what_no_button_can_be_is_named(typed: str, problem: object) -> None:
    found = read_links(typed)
    if isinstance(problem, NoAddress) and "https://" in problem.said:
        assert isinstance(found, NoAddress | BadAddress)
    else:
        assert found == problem


def test_more_than_telegram_gives_buttons_is_refused_with_the_size() -> None:
    found = read_links("\n".join(["A https://a.org/" + "x" * 1000] * 8))
    assert isinstance(found, LinksTooLarge)
    assert found.size > BYTES


LABELS = st.text("abcXYZ 报名图", min_size=1, max_size=LABEL_LIMIT).map(lambda s: " ".join(s.split())).filter(bool)
ROWS = st.lists(
    st.lists(
        st.builds(Link, LABELS, st.sampled_from(["https://a.org", "tg://resolve?domain=x"])), min_size=1, max_size=4
    ).map(tuple),
    max_size=5,
).map(tuple)


@given(ROWS)
def test_buttons_are_read_back_as_they_are_written(rows: tuple[tuple[Link, ...], ...]) -> None:
    assert read_links(written(rows)) == rows


@given(st.text())
def test_whatever_is_typed_is_buttons_or_a_reason(typed: str) -> None:
    found = read_links(typed)
    links = [link for row in found for link in row] if isinstance(found, tuple) else []
    assert all(link.label and link.url.split(":")[0].lower() in {"http", "https", "tg"} for link in links)
