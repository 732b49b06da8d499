"""A batch cut apart: one odd update spoils nothing."""

from __future__ import annotations

import json

import msgspec
import pytest

from bot.tg import envelope as env
from bot.tg.intake import batches


def test_updates_are_left_as_they_came() -> None:
    answer = batches.read(b'{"ok":true,"result":[{"update_id":1, "odd": "\\u00e9"}, 7]}')

    assert answer.ok
    assert [bytes(raw) for raw in answer.result] == [b'{"update_id":1, "odd": "\\u00e9"}', b"7"]


def test_nothing_new_is_no_update() -> None:
    assert batches.read(b'{"ok":true,"result":[]}').result == []


def test_half_a_character_in_one_update_leaves_the_others_readable() -> None:
    body = b'{"ok":true,"result":[{"update_id":1},{"update_id":2,"message":{"text":"\\ud83d"}},{"update_id":3}]}'

    answer = batches.read(body)

    assert [env.update_id(raw) for raw in answer.result] == [1, 2, 3]
    assert json.loads(bytes(answer.result[1]))["message"]["text"] == "\ud83d"
    with pytest.raises(msgspec.MsgspecError):
        env.decode(answer.result[1])


def test_a_whole_character_in_two_halves_is_no_odd_update() -> None:
    answer = batches.read(b'{"ok":true,"result":[{"update_id":1,"message":null,"x":"\\ud83d\\ude00"}]}')

    assert env.decode(answer.result[0]).update_id == 1


def test_bytes_that_are_no_utf8_spoil_one_update_only() -> None:
    body = b'{"ok":true,"result":[{"update_id":1,"x":"\xed\xa0\xbd"},{"update_id":2}]}'

    assert [env.update_id(raw) for raw in batches.read(body).result] == [1, 2]


def test_a_refusal_says_how_long_to_wait() -> None:
    answer = batches.read(b'{"ok":false,"error_code":429,"description":"Too Many","parameters":{"retry_after":7}}')

    assert (answer.ok, answer.error_code, answer.parameters.retry_after) == (False, 429, 7)


@pytest.mark.parametrize(
    "body",
    [b"", b"<html>502</html>", b"[]", b"7", b'{"ok":true,"result":{}}', b'{"ok":true,"result":["\\ud83d"', b"\xff\xfe"],
)
def test_what_is_no_answer_is_refused(body: bytes) -> None:
    with pytest.raises(ValueError):  # noqa: PT011  (json, msgspec and we each have a text of our own)
        batches.read(body)
