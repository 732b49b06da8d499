"""QR codes."""

from __future__ import annotations

import pytest
import segno
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.pictures import qr
from tests.pictures.seeing import colours, difference, opened

LINK = "https://t.me/some_bot?start=abc"


def modules(png: bytes) -> list[list[bool]]:
    """Read the code back from the middle of each of its modules."""
    picture = opened(png).convert("L")
    edge = next(x for x in range(picture.width) if picture.getpixel((x, x)) == 0)
    size = edge // 4
    count = picture.width // size
    return [
        [picture.getpixel((x * size + size // 2, y * size + size // 2)) == 0 for x in range(count)]
        for y in range(count)
    ]


@pytest.mark.parametrize("text", [LINK, "周六羽毛球", "x" * 2331])
def test_the_code_says_the_text(text: str) -> None:
    expected = [
        [bool(dark) for dark in row] for row in segno.make_qr(text, error="m", boost_error=False).matrix_iter(border=4)
    ]

    assert modules(qr(text)) == expected


def test_a_caption_stands_below_the_code() -> None:
    plain, captioned = opened(qr(LINK)), opened(qr(LINK, "扫码报名"))

    assert captioned.width == plain.width == plain.height
    assert captioned.height > plain.height
    assert captioned.crop((0, 0, *plain.size)).tobytes() == plain.tobytes()
    assert difference(qr(LINK, "扫码报名"), qr(LINK, "扫码签到")) is not None


def test_a_caption_of_nothing_is_none() -> None:
    assert qr(LINK, "🎉") == qr(LINK, "") == qr(LINK)
    assert set(colours(qr(LINK))) == {(0, 0, 0), (255, 255, 255)}


@pytest.mark.parametrize("text", ["", "汉" * 1000])
def test_what_a_code_cannot_hold_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"text|data|QR"):
        qr(text)


@settings(max_examples=25)
@given(text=st.text(alphabet=st.characters(codec="utf-8"), min_size=1, max_size=100), caption=st.text(max_size=300))
def test_no_text_breaks_the_code(text: str, caption: str) -> None:
    assert 700 <= opened(qr(text, caption)).width <= 800
