from __future__ import annotations

import pytest
from telegram.error import BadRequest, ChatMigrated, Forbidden, InvalidToken, NetworkError, TelegramError, TimedOut

from bot.tg import effects as fx
from bot.tg.effects import Refusal
from bot.tg.outbox.model import State, sent
from bot.tg.outbox.refusals import Flooded, Migrated, Unfinished, Unreached, judge, refusal_of
from bot.tg.request import NotSent, TooMany

SEND = fx.SendMessage(-1, "hello")
EDIT = fx.EditText(-1, 2, "hello")
BAN = fx.Ban(-1, 2)


@pytest.mark.parametrize(
    ("text", "refusal"),
    [
        ("Bad Request: not enough rights to restrict/unrestrict chat member", Refusal.NO_RIGHT),
        ("Bad Request: not enough rights to send text messages to the chat", Refusal.NO_RIGHT),
        ("Bad Request: not enough rights to manage pinned messages in the chat", Refusal.NO_RIGHT),
        ("Bad Request: have no rights to send a message", Refusal.NO_RIGHT),
        ("Bad Request: need administrator rights in the channel chat", Refusal.NO_RIGHT),
        ("Bad Request: CHAT_ADMIN_REQUIRED", Refusal.NO_RIGHT),
        ("Bad Request: CHAT_WRITE_FORBIDDEN", Refusal.NO_RIGHT),
        ("Bad Request: CHAT_SEND_PHOTOS_FORBIDDEN", Refusal.NO_RIGHT),
        ("Bad Request: user is an administrator of the chat", Refusal.TARGET_ADMIN),
        ("Bad Request: can't remove chat owner", Refusal.TARGET_ADMIN),
        ("Bad Request: can't restrict self", Refusal.TARGET_ADMIN),
        ("Bad Request: USER_ADMIN_INVALID", Refusal.TARGET_ADMIN),
        ("Bad Request: USER_NOT_PARTICIPANT", Refusal.TARGET_GONE),
        ("Bad Request: PARTICIPANT_ID_INVALID", Refusal.TARGET_GONE),
        ("Bad Request: user not found", Refusal.TARGET_GONE),
        ("Bad Request: HIDE_REQUESTER_MISSING", Refusal.TARGET_GONE),
        ("Bad Request: method is available for supergroup and channel chats only", Refusal.BASIC_GROUP),
        ("Bad Request: method is available only for supergroups", Refusal.BASIC_GROUP),
        ("Forbidden: bot was kicked from the supergroup chat", Refusal.CHAT_GONE),
        ("Forbidden: bot is not a member of the supergroup chat", Refusal.CHAT_GONE),
        ("Forbidden: the group chat was deleted", Refusal.CHAT_GONE),
        ("Bad Request: chat not found", Refusal.CHAT_GONE),
        ("Forbidden: bot was blocked by the user", Refusal.BLOCKED),
        ("Forbidden: bot can't initiate conversation with a user", Refusal.BLOCKED),
        ("Forbidden: user is deactivated", Refusal.BLOCKED),
        ("Bad Request: message to edit not found", Refusal.MESSAGE_GONE),
        ("Bad Request: message to delete not found", Refusal.MESSAGE_GONE),
        ("Bad Request: message to pin not found", Refusal.MESSAGE_GONE),
        ("Bad Request: message to be replied not found", Refusal.MESSAGE_GONE),
        ("Bad Request: message can't be deleted", Refusal.MESSAGE_GONE),
        ("Bad Request: message can't be edited", Refusal.MESSAGE_GONE),
        ("Bad Request: MESSAGE_ID_INVALID", Refusal.MESSAGE_GONE),
        ("Bad Request: message thread not found", Refusal.MESSAGE_GONE),
        ("Bad Request: query is too old and response timeout expired or query ID is invalid", Refusal.TOO_LATE),
        ("Bad Request: can't parse entities: unsupported start tag", Refusal.OTHER),
    ],
)
def test_telegrams_reasons_are_understood(text: str, refusal: Refusal) -> None:
    assert refusal_of(text) is refusal


@pytest.mark.parametrize("error", [TimedOut("no answer"), NetworkError("Bad Gateway (502)"), NetworkError("(500)")])
def test_an_open_outcome_is_uncertain_for_messages_and_repeated_for_acts(error: TelegramError) -> None:
    verdict = judge(SEND, error)
    assert getattr(verdict, "state", None) is State.UNCERTAIN
    assert isinstance(judge(EDIT, error), Unfinished)
    assert isinstance(judge(BAN, error), Unfinished)


def test_what_surely_did_not_arrive_is_sent_again() -> None:
    assert isinstance(judge(SEND, NotSent("no connection")), Unreached)
    assert isinstance(judge(SEND, InvalidToken("Unauthorized")), Unreached)


def test_a_method_the_server_does_not_have_is_refused() -> None:
    assert getattr(judge(BAN, InvalidToken("Not Found: method not found")), "state", None) is State.FAILED


def test_waiting_and_moving_are_no_ends() -> None:
    assert judge(SEND, TooMany(7)) == Flooded(7.0)
    assert judge(SEND, ChatMigrated(-1005)) == Migrated(-1005)


def test_an_unchanged_message_is_as_wanted() -> None:
    assert judge(EDIT, BadRequest("Bad Request: message is not modified: specified new content is")) == sent()


def test_a_private_chat_that_is_not_found_was_never_opened() -> None:
    verdict = judge(fx.SendMessage(5, "hello"), BadRequest("Bad Request: chat not found"))
    assert getattr(verdict, "refusal", None) is Refusal.BLOCKED


def test_an_answer_that_comes_too_late_is_no_failure() -> None:
    verdict = judge(fx.AnswerCallback("1"), BadRequest("Bad Request: query is too old"))
    assert getattr(verdict, "state", None) is State.DROPPED


def test_a_refusal_keeps_telegrams_words() -> None:
    verdict = judge(SEND, Forbidden("Forbidden: bot was kicked from the group chat"))
    assert getattr(verdict, "text", None) == "Forbidden: bot was kicked from the group chat"


@pytest.mark.parametrize("act", [fx.BanChannel(-1, -2), fx.UnbanChannel(-1, -2)])
def test_a_channel_that_is_not_found_is_not_the_group(act: fx.BanChannel | fx.UnbanChannel) -> None:
    verdict = judge(act, BadRequest("Bad Request: chat not found"))
    assert getattr(verdict, "refusal", None) is Refusal.TARGET_GONE
    verdict = judge(act, Forbidden("Forbidden: bot was kicked from the supergroup chat"))
    assert getattr(verdict, "refusal", None) is Refusal.CHAT_GONE
