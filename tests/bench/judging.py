"""The rules of groups as the other side: judging what ordinary people write, in one process with one SQLite file."""

from __future__ import annotations

import asyncio
import gc
import random
import resource
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bot.db.engine import Database
from bot.db.schema import metadata
from bot.kernel.clock import SystemClock
from bot.kernel.groups import Group
from bot.kernel.ids import ChatId, GroupId, UserId
from bot.policy import store
from bot.policy.rules.detectors import DETECTORS, AnyDetector, What, fields_of, with_value
from bot.policy.rules.fields import Listed
from bot.policy.rules.floods import Duplicates, Flood
from bot.policy.rules.rule import Rule, State
from bot.policy.rules.sources import Links
from bot.policy.rules.speech import Advertising, Length, Words
from bot.policy.service.book import PolicyBook
from bot.policy.service.judging import Heard, Judge, Trust
from bot.tg import envelope as env
from tests.bench.process import serve
from tests.bench.updates import BATCH

if TYPE_CHECKING:
    from collections.abc import Iterable

COMMON = (
    "的一是了我不人在他有这个上们来到时大地为子中你说生国年着就那和要她出也得里后自以会家可下而过天去能对小多然于心学么之都好看起发当没成只如事把还用第样"
    "道想作种开美总从无情己面最女但现前些所同日手又行意动方期它头经长儿回位分爱老因很给名法间斯知世什两次使身者被高已亲其进此话常与活正感"
)
RARE = "鼐鼒鼗鼙鼢鼬鼯鼱鼷鼹齁齄齉龀龁龃龆龈龉龊龌龠"
"""At least one of these is in every word of the lists, so that nobody writes one by chance, however far the beginning goes."""
TALK = [
    "about",
    "again",
    "along",
    "around",
    "arrive",
    "bank",
    "because",
    "before",
    "behind",
    "bench",
    "better",
    "between",
    "bicycle",
    "bread",
    "bridge",
    "bring",
    "broken",
    "building",
    "bus",
    "cake",
    "camera",
    "carry",
    "chair",
    "change",
    "cheap",
    "children",
    "choose",
    "church",
    "city",
    "clean",
    "clear",
    "clock",
    "close",
    "cloud",
    "coffee",
    "cold",
    "colour",
    "come",
    "cook",
    "corner",
    "could",
    "country",
    "cross",
    "daughter",
    "decide",
    "dinner",
    "doctor",
    "door",
    "down",
    "dress",
    "drive",
    "early",
    "east",
    "enough",
    "evening",
    "every",
    "exam",
    "expect",
    "fall",
    "family",
    "far",
    "farm",
    "father",
    "few",
    "field",
    "finish",
    "fire",
    "first",
    "fish",
    "flat",
    "floor",
    "flower",
    "follow",
    "food",
    "foot",
    "forest",
    "forget",
    "fresh",
    "friend",
    "fruit",
    "full",
    "garden",
    "give",
    "glad",
    "glass",
    "good",
    "grass",
    "green",
    "ground",
    "group",
    "grow",
    "guess",
    "hall",
    "happy",
    "heavy",
    "help",
    "high",
    "hill",
    "home",
    "hope",
    "hotel",
    "hour",
    "house",
    "how",
    "hungry",
    "idea",
    "inside",
    "join",
    "journey",
    "keep",
    "kitchen",
    "knock",
    "know",
    "lake",
    "large",
    "late",
    "laugh",
    "leave",
    "lend",
    "letter",
    "light",
    "like",
    "little",
    "live",
    "long",
    "lose",
    "lunch",
    "many",
    "map",
    "market",
    "meet",
    "middle",
    "minute",
    "money",
    "month",
    "moon",
    "more",
    "morning",
    "mountain",
    "move",
    "museum",
    "music",
    "near",
    "need",
    "never",
    "news",
    "next",
    "night",
    "north",
]
"""Ordinary words."""


class Writer:
    """Makes words and messages, the same ones each time."""

    def __init__(self, seed: int) -> None:
        self._random = random.Random(seed)

    def words(self, count: int) -> tuple[str, ...]:
        """Return words that nobody writes: two thirds Chinese, one third Latin."""
        found: dict[str, None] = {}
        while len(found) < count:
            found[self._latin() if len(found) % 3 == 0 else self._chinese()] = None
        return tuple(found)

    def _chinese(self) -> str:
        letters = self._random.choices(COMMON, k=self._random.randint(2, 5))
        letters[self._random.randrange(len(letters))] = self._random.choice(RARE)
        return "".join(letters)

    def _latin(self) -> str:
        return "".join(self._random.choices("abcdefghijklmnopqrstuvwxyz", k=self._random.randint(5, 9))) + "q"

    def message(self, person: int, at: int, group: int) -> Heard:
        """Let somebody write something ordinary in a group."""
        sender = env.User(id=1000 + person, first_name="Anna")
        chat = env.Chat(id=-group, type="supergroup")
        message = env.Message(message_id=at, date=at, chat=chat, from_=sender, text=self._text())
        return Heard(Group(GroupId(group), ChatId(-group), "Hikers", "en", "UTC"), message)

    def _text(self) -> str:
        if self._random.random() < 0.5:
            return " ".join(self._random.choices(TALK, k=self._random.randint(4, 18))).capitalize() + "."
        half = ["".join(self._random.choices(COMMON, k=self._random.randint(4, 16))) for _ in range(2)]
        return f"{half[0]}，{half[1]}。"


class Judging:
    """A database of its own with rules in it, and a judge."""

    def __init__(self, folder: str) -> None:
        self._database = Database.open(f"sqlite+aiosqlite:///{Path(folder).absolute()}/judging.db")
        self._writer = Writer(1)
        self._at = 1_800_000_000
        self._judge = Judge(PolicyBook())

    async def run(self) -> None:
        """Do what the bench asks for."""
        await serve({"lists": self.lists, "groups": self.groups, "start": self.start, "judge": self.judge})
        await self._database.close()

    async def lists(self, words: int) -> dict[str, Any]:
        """Switch every detector on in a group, three of them with lists of so many words each."""
        made: list[AnyDetector] = []
        for what, kind in DETECTORS.items():
            listed = next((field for field in fields_of(what) if isinstance(field, Listed)), None)
            own = what in {What.WORDS, What.SOLICITATION, What.ADVERTISING} and listed is not None
            made.append(with_value(kind(), listed, self._writer.words(words)) if own and listed else kind())
        return await self._store([(1, tuple(made))])

    async def groups(self, count: int) -> dict[str, Any]:
        """Give so many groups rules of their own: a list of 20 words that no other has, and one of 1,000 that 100 share."""
        common = [self._writer.words(1000) for _ in range(max(count // 100, 1))]
        return await self._store(
            (
                number,
                (
                    Words(self._writer.words(20)),
                    Words(common[number % len(common)]),
                    Links((f"example{number}.org",)),
                    Advertising(),
                    Flood(),
                    Duplicates(),
                    Length(4000),
                ),
            )
            for number in range(1, count + 1)
        )

    async def _store(self, groups: Iterable[tuple[int, tuple[AnyDetector, ...]]]) -> dict[str, Any]:
        kinds = {kind: what for what, kind in DETECTORS.items()}
        async with self._database.write() as tx:
            for table in metadata.sorted_tables:
                if table.name.startswith("policy_"):
                    await tx.conn.run_sync(table.create)
            for group, detectors in groups:
                for number, detector in enumerate(detectors, 1):
                    await store.add(tx, GroupId(group), Rule(number, kinds[type(detector)], detector, state=State.ON))
        return {}

    async def start(self, groups: int) -> dict[str, Any]:
        """Read the rules as a bot that has just started, and hear one message in each group."""
        await self._hear([])
        gc.collect()
        before, begun, book = _memory(), time.process_time(), PolicyBook()
        async with self._database.write() as tx:
            await book.held(tx, GroupId(1))
        read = time.process_time() - begun
        self._judge = Judge(book)
        heard = [self._writer.message(0, self._at, group) for group in range(1, groups + 1)]
        begun = time.process_time()
        await self._hear(heard)
        first = time.process_time() - begun
        del heard
        gc.collect()
        return {"read": read, "first": first, "memory": _memory() - before}

    async def judge(self, groups: int, batches: int) -> dict[str, Any]:
        """Judge messages of so many groups, everybody writing seldom; CPU seconds a message, of whole transactions."""
        heard = []
        for _ in range(batches * BATCH):
            self._at += 1
            heard.append(self._writer.message(self._at % 5000, self._at, 1 + self._at % groups))
        gc.collect()
        begun = time.process_time()
        acts = sum([await self._hear(heard[at : at + BATCH]) for at in range(0, len(heard), BATCH)])
        return {"cpu": (time.process_time() - begun) / len(heard), "acts": acts}

    async def _hear(self, heard: list[Heard]) -> int:
        async with self._database.write() as tx:
            return len(await self._judge.judge(tx, heard, _trust, SystemClock().now()))


async def _trust(_group: Group, _user_id: UserId) -> Trust:
    return Trust(spared=True)


def _memory() -> int:
    """Return how many bytes the process holds; where the kernel does not say it, how many it held at most."""
    held = Path("/proc/self/statm")
    if held.exists():
        return int(held.read_text().split()[1]) * resource.getpagesize()
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


if __name__ == "__main__":
    asyncio.run(Judging(sys.argv[1]).run())
