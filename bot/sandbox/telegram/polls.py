"""Native polls: made by bots and people, voted on by people, stopped by whoever made them."""

from __future__ import annotations

from typing import Any

from bot.sandbox.telegram.delivery import deliver
from bot.sandbox.telegram.errors import Refused, bad_request
from bot.sandbox.telegram.model import Chat, Message
from bot.sandbox.telegram.params import Params
from bot.sandbox.telegram.views import user_view
from bot.sandbox.telegram.world import World

MAX_QUESTION, MAX_OPTION, MAX_OPTIONS = 300, 100, 12

Json = dict[str, Any]


def new_poll(world: World, params: Params) -> Json:
    """Read the poll of a call.

    :raises ApiError: if question or options are missing, too long or too many.
    """
    question = (params.text("question") or "").strip()
    given = params.data("options")
    if not isinstance(given, list):
        raise bad_request("expected an Array of String as options")
    options = [str(item.get("text", "") if isinstance(item, dict) else item).strip() for item in given]
    _check(question, options)
    poll = build(world, question, options)
    poll |= {
        "is_anonymous": "is_anonymous" not in params or params.flag("is_anonymous"),
        "type": params.text("type") or "regular",
        "allows_multiple_answers": params.flag("allows_multiple_answers"),
        "is_closed": params.flag("is_closed"),
    }
    if poll["type"] == "quiz":
        poll["correct_option_ids"] = params.data("correct_option_ids") or [params.integer("correct_option_id")]
    return poll


def _check(question: str, options: list[str]) -> None:
    if not question:
        raise bad_request("poll question must be non-empty")
    if len(question) > MAX_QUESTION:
        raise bad_request("poll question length must not exceed 300")
    if len(options) < 2:
        raise bad_request("poll must have at least 2 option")
    if len(options) > MAX_OPTIONS:
        raise bad_request(f"poll can't have more than {MAX_OPTIONS} options")
    if not all(options) or any(len(option) > MAX_OPTION for option in options):
        raise bad_request("poll options length must not exceed 100")


def build(world: World, question: str, options: list[str], *, is_anonymous: bool = True) -> Json:
    """Make a ``Poll`` nobody voted in."""
    number = world.number("poll")
    return {
        "id": str(5_000_000_000_000_000_000 + number),
        "question": question,
        "options": [
            {"persistent_id": f"{number}-{place}", "text": text, "voter_count": 0} for place, text in enumerate(options)
        ],
        "total_voter_count": 0,
        "is_closed": False,
        "is_anonymous": is_anonymous,
        "type": "regular",
        "allows_multiple_answers": False,
        "allows_revoting": True,
        "members_only": False,
    }


def remember(world: World, chat: Chat, message: Message) -> None:
    """Note where a poll stands, so that votes find it."""
    world.state.polls[message["poll"]["id"]] = [chat.id, message.message_id, chat.bot_id or 0]


def vote(world: World, chat: Chat, message: Message, user_id: int, options: list[int]) -> None:
    """Count a person's vote; no options take it back. The bot that made the poll is told.

    :raises Refused: if the poll is closed or takes one answer only.
    """
    poll = message["poll"]
    if poll["is_closed"]:
        raise Refused("The poll is closed.")
    if len(options) > 1 and not poll["allows_multiple_answers"]:
        raise Refused("The poll takes one answer only.")
    if any(not 0 <= option < len(poll["options"]) for option in options):
        raise Refused("The poll has no such option.")
    votes = world.state.votes.setdefault(poll["id"], {})
    votes.pop(user_id, None)
    if options:
        votes[user_id] = list(options)
    for place, option in enumerate(poll["options"]):
        option["voter_count"] = sum(place in chosen for chosen in votes.values())
    poll["total_voter_count"] = len(votes)
    world.touch()
    bot = world.state.bots.get(message.author or 0)
    if bot is None:
        return
    deliver(world, bot, "poll", chat.id, poll)
    if not poll["is_anonymous"]:
        answer = {
            "poll_id": poll["id"],
            "user": user_view(world.state.users[user_id]),
            "option_ids": options,
            "option_persistent_ids": [poll["options"][option]["persistent_id"] for option in options],
        }
        deliver(world, bot, "poll_answer", chat.id, answer)
