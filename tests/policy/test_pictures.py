"""QR codes in pictures: what is read, and what is left alone (R06)."""

from __future__ import annotations

import io

import pytest
import segno
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from bot.i18n import texts_for
from bot.kernel.groups import Group
from bot.kernel.ids import ChatId, GroupId
from bot.pictures.reading import codes_in
from bot.policy.rules.detectors import What
from bot.policy.rules.record import Standing
from bot.policy.rules.rule import Rule
from bot.policy.rules.sources import Links
from bot.policy.rules.speech import Length
from bot.policy.service.judging import Heard
from bot.policy.service.pictures import MOST_BYTES, MOST_WAITING, Picture, Waiting, look, picture_in
from bot.policy.texts.answers import whole
from bot.tg import envelope as env

pytest.importorskip("zxingcpp")
GROUP = Group(GroupId(1), ChatId(-1001), "Hikers", "en", "UTC")
CHAT = env.Chat(-1001, "supergroup")


def code(text: str, kind: str = "PNG", **how: object) -> bytes:
    """Draw a QR code, as large as a telephone would show it, on a coloured picture."""
    drawn = io.BytesIO()
    segno.make(text).save(drawn, kind="png", scale=6)
    page = Image.new("RGB", (900, 700), "#dfe8f0")
    page.paste(Image.open(drawn), (300, 200))
    out = io.BytesIO()
    page.save(out, kind, **how)
    return out.getvalue()


def picture(number: int) -> Picture:
    return Picture(Heard(GROUP, env.Message(number, 0, CHAT)), str(number))


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP"])
def test_a_code_in_a_picture_is_read(kind: str) -> None:
    assert codes_in(code("https://t.me/+AbCdEf", kind)) == ("https://t.me/+AbCdEf",)


def test_a_picture_without_a_code_a_broken_and_a_huge_one_say_nothing() -> None:
    plain = io.BytesIO()
    Image.new("RGB", (50, 50)).save(plain, "PNG")
    assert codes_in(plain.getvalue()) == ()
    assert codes_in(code("https://t.me/+AbCdEf")[:300]) == ()
    huge = io.BytesIO()
    Image.new("1", (6000, 5000)).save(huge, "PNG")
    assert codes_in(huge.getvalue()) == ()


@given(st.binary(max_size=200))
def test_what_is_no_picture_does_no_harm(data: bytes) -> None:
    assert codes_in(data) == ()
    assert codes_in(b"\x89PNG\r\n\x1a\n" + data) == ()


def test_the_largest_photo_and_small_picture_files_are_looked_into() -> None:
    photo = [env.Present(file_id="small"), env.Present(file_id="large")]
    assert picture_in(env.Message(1, 0, CHAT, photo=photo)) == "large"
    for name, size, found in (
        ("code.PNG", 900, "x"),
        ("code.png", MOST_BYTES + 1, None),
        ("code.zip", 900, None),
        (None, 900, None),
    ):
        document = env.Document(file_id="x", file_name=name, file_size=size)
        assert picture_in(env.Message(1, 0, CHAT, document=document)) == found
    assert picture_in(env.Message(1, 0, CHAT, text="hello")) is None


async def test_of_too_many_pictures_the_oldest_are_left_out() -> None:
    waiting = Waiting()
    for number in range(MOST_WAITING + 3):
        waiting.put(picture(number))
    assert (await waiting.next()).file_id == "3"


async def test_a_picture_that_is_not_given_says_nothing() -> None:
    asked: list[tuple[str, int]] = []

    async def fetch(file_id: str, most: int) -> bytes | None:
        asked.append((file_id, most))
        return None if file_id == "1" else code("https://spam-site.top/x")

    assert await look(picture(1), fetch) == ()
    assert await look(picture(2), fetch) == ("https://spam-site.top/x",)
    assert asked == [("1", MOST_BYTES), ("2", MOST_BYTES)]


@pytest.mark.parametrize(("locale", "missing"), [("en", "no decoder"), ("zh_Hans", "没有安装解码器")])
def test_the_page_of_a_rule_about_links_says_whether_codes_are_read(locale: str, missing: str) -> None:
    texts = texts_for(locale, "UTC")
    links, length = Standing(Rule(1, What.LINKS, Links())), Standing(Rule(2, What.LENGTH, Length()))
    assert any(missing in line for line in whole(texts, links, reads_codes=False))
    assert not any(missing in line for line in whole(texts, links, reads_codes=True))
    assert not any(missing in line for line in whole(texts, length, reads_codes=False))
