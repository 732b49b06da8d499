"""Whatever is done in whatever order, nothing unreviewed gets into a group where review is on (R09)."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from bot.announcements.rules import life
from bot.announcements.rules.acts import Act
from bot.announcements.rules.announcement import Announcement, By, State
from bot.announcements.rules.content import Content, File, Link
from bot.announcements.rules.house import House, Review
from bot.announcements.rules.review import may_set, shown
from bot.kernel.ids import ChatId, GroupId, MessageId, UserId
from bot.kernel.roles import RIGHTS_OF, Right, Role

START = datetime(2026, 11, 28, 12, 0, tzinfo=UTC)
CONTENTS = st.sampled_from(
    [
        Content("Hello"),
        Content("Hello", files=(File("photo", "f"), File("photo", "g"))),
        Content("Hello", links=((Link("More", "https://example.org"),),), protected=True),
    ]
)
OPTIONS = st.sampled_from([{}, {"acknowledgement": "on"}])
PEOPLE = st.integers(min_value=1, max_value=3)
ROLES = st.sampled_from([frozenset[Right](), *(RIGHTS_OF[role] for role in Role if role is not Role.OWNER)])
WHICH = st.integers(min_value=0, max_value=2)
ON_IT = frozenset({State.PUBLISHING, State.UNCERTAIN, State.PUBLISHED})
OWNER = UserId(1)


@dataclass
class Told:
    """What the story itself knows of an announcement, without the approval that the rules keep."""

    item: Announcement
    writer: UserId
    read: list[tuple[UserId, bool, Content, dict[str, str]]] = field(default_factory=list)
    """Who has said yes, whether the group was theirs, and to what."""
    visible: Content | None = None

    def is_read(self, content: Content, review: Review) -> bool:
        """Say whether somebody entitled has read exactly this."""
        for who, owner, what, options in self.read:
            if (what, options) != (content, dict(self.item.options)):
                continue
            if review is Review.OWNER and owner:
                return True
            if review is Review.OTHER and who not in {self.item.author_id, self.writer}:
                return True
        return False


class Story(RuleBasedStateMachine):
    """People with changing rights write, review, publish and change settings; time passes, and Telegram answers."""

    @initialize(review=st.sampled_from(Review))
    def begin(self, review: Review) -> None:
        self.now = START
        self.house = House(review)
        self.rights = {UserId(n): RIGHTS_OF[Role.MANAGER] for n in range(1, 4)}
        self.rights[OWNER] = RIGHTS_OF[Role.OWNER]
        self.items: list[Told] = []
        for number in (1, 2):
            self.add(self.by(number), Content("Hello"), {})

    def by(self, number: int) -> By:
        return By(UserId(number), f"P{number}", self.rights[UserId(number)])

    def told(self, which: int) -> Told:
        return self.items[which % len(self.items)]

    def take(self, told: Told, after: object) -> bool:
        """Keep what a step made of it; a refusal changes nothing."""
        if not isinstance(after, Announcement):
            return False
        before, told.item = told.item, after
        if (after.state is State.PUBLISHING and before.state is not State.PUBLISHING) or (
            after.state is State.PUBLISHED and after.content != told.visible
        ):
            self.goes_out(told, after.content)
        return True

    def goes_out(self, told: Told, content: Content) -> None:
        """The group gets to see this."""
        if self.house.review is not Review.NONE:
            assert told.is_read(content, self.house.review), told
        told.visible = content

    def own_word(self, told: Told, by: By) -> None:
        """The owner acts on their own word: that is a yes to what it is now."""
        if self.house.review is Review.OWNER and by.is_owner:
            told.read.append((by.user_id, True, told.item.content, dict(told.item.options)))

    # Writing

    @rule(number=PEOPLE, content=CONTENTS, options=OPTIONS)
    def draft(self, number: int, content: Content, options: dict[str, str]) -> None:
        by = self.by(number)
        if Right.ANNOUNCE in by.rights:
            self.add(by, content, options)

    @rule(which=WHICH, number=PEOPLE)
    def copy(self, which: int, number: int) -> None:
        told, by = self.told(which), self.by(number)
        if isinstance(life.decide(told.item, Act.COPY, by), State):
            self.add(by, told.item.content, dict(told.item.options))

    def add(self, by: By, content: Content, options: dict[str, str]) -> None:
        if len(self.items) < 3:
            item = Announcement(
                *(len(self.items), GroupId(1), len(self.items), State.DRAFT, content, by.user_id, by.name, self.now),
                options=options,
                writer_id=by.user_id,
            )
            self.items.append(Told(item, by.user_id))

    @rule(which=WHICH, number=PEOPLE, content=CONTENTS)
    def edit(self, which: int, number: int, content: Content) -> None:
        told, by = self.told(which), self.by(number)
        after = life.edited(told.item, content, by, self.house, self.now)
        if isinstance(after, Announcement):
            told.writer = by.user_id
            if told.item.state not in {State.DRAFT, State.IN_REVIEW, State.FAILED} and after.pending is None:
                self.own_word(replace_told(told, after), by)
        self.take(told, after)

    @rule(which=WHICH, number=PEOPLE, options=OPTIONS)
    def set_options(self, which: int, number: int, options: dict[str, str]) -> None:
        told, by = self.told(which), self.by(number)
        after = life.with_options(told.item, options, by, self.house)
        if isinstance(after, Announcement) and after.state is not State.PUBLISHED:
            told.writer = by.user_id
            if told.item.state not in {State.DRAFT, State.IN_REVIEW, State.FAILED}:
                self.own_word(replace_told(told, after), by)
        self.take(told, after)

    # Reviewing

    @rule(which=WHICH, number=PEOPLE)
    def submit(self, which: int, number: int) -> None:
        told, by = self.told(which), self.by(number)
        if self.take(told, life.handed_in(told.item, by, self.house)):
            told.writer = by.user_id
            self.own_word(told, by)

    @rule(which=WHICH, number=PEOPLE, stale=st.booleans())
    def approve(self, which: int, number: int, stale: bool) -> None:
        told, by = self.told(which), self.by(number)
        before = told.item
        read = before.content if before.pending is None else before.pending
        seen = "00000000" if stale else shown(before)
        after = life.approved(before, by, self.house, self.now, seen)
        if isinstance(after, Announcement):
            assert not stale
            assert Right.REVIEW in by.rights
            told.read.append((by.user_id, by.is_owner, read, dict(before.options)))
        self.take(told, after)

    @rule(which=WHICH, number=PEOPLE, for_good=st.booleans())
    def turn_down(self, which: int, number: int, for_good: bool) -> None:
        told = self.told(which)
        if told is not None:
            self.take(
                told, (life.rejected if for_good else life.sent_back)(told.item, self.by(number), self.house, "No")
            )

    # Going out

    @rule(which=WHICH, number=PEOPLE, hours=st.integers(min_value=1, max_value=3))
    def schedule(self, which: int, number: int, hours: int) -> None:
        told, by = self.told(which), self.by(number)
        if self.take(told, life.scheduled(told.item, self.now + timedelta(hours=hours), by, self.house)):
            self.own_word(told, by)

    @rule(which=WHICH, number=PEOPLE, act=st.sampled_from([Act.PUBLISH, Act.AGAIN]))
    def publish(self, which: int, number: int, act: Act) -> None:
        told, by = self.told(which), self.by(number)
        after = life.sent(told.item, by, self.house, act)
        if isinstance(after, Announcement):
            assert Right.PUBLISH in by.rights
            assert told.item.state not in {State.PUBLISHING, State.PUBLISHED}
            self.own_word(told, by)
        self.take(told, after)

    @rule(hours=st.integers(min_value=0, max_value=2), quiet=st.booleans())
    def time_passes(self, hours: int, quiet: bool) -> None:
        self.now += timedelta(hours=hours)
        for told in self.items:
            item = told.item
            if item.due_at is None or item.due_at > self.now:
                continue
            writes = Right.ANNOUNCE in self.rights[item.author_id]
            publishes = Right.PUBLISH in self.rights[item.manager_id]
            until = self.now + timedelta(hours=8) if quiet else None
            match life.fire(item, self.house, may_write=writes, may_publish=publishes, quiet_until=until):
                case life.Go(after=after):
                    assert writes
                    assert publishes
                    assert not quiet
                    self.take(told, after)
                case life.HoldBack(after=after) | life.AskReview(after=after):
                    assert after.state in {State.DRAFT, State.IN_REVIEW}
                    self.take(told, after)
                case life.Hold(until=held):
                    assert held == until
                case life.Ignore():
                    assert item.state not in {State.SCHEDULED}

    @rule(which=WHICH, found=st.sampled_from([State.PUBLISHED, State.UNCERTAIN, State.FAILED]))
    def telegram_answers(self, which: int, found: State) -> None:
        told = self.told(which)
        if told.item.state is State.PUBLISHING:
            message = MessageId(5) if found is State.PUBLISHED else None
            told.item = replace(told.item, state=found, message_id=message, chat_id=ChatId(-1001))

    @rule(which=WHICH, writer=PEOPLE, reader=PEOPLE, published=st.booleans())
    def all_goes_well(self, which: int, writer: int, reader: int, published: bool) -> None:
        """What usually happens happens at once, so that stories get far."""
        self.submit(which, writer)
        self.approve(which, reader, stale=False)
        if published:
            self.publish(which, writer, Act.PUBLISH)
            self.telegram_answers(which, State.PUBLISHED)
        else:
            self.schedule(which, writer, 1)

    @rule(which=WHICH, number=PEOPLE, review=st.sampled_from(Review), by_hand=st.booleans())
    def settings_change_before_it_goes_out(self, which: int, number: int, review: Review, by_hand: bool) -> None:
        """The owner wants another review between the last word and the posting."""
        self.settle(OWNER, review)
        if by_hand:
            self.publish(which, number, Act.PUBLISH)
        else:
            self.time_passes(2, quiet=False)

    # Everything else

    @rule(which=WHICH, number=PEOPLE, act=st.sampled_from([Act.CANCEL, Act.RESTORE, Act.WITHDRAW]))
    def put_away(self, which: int, number: int, act: Act) -> None:
        told, by = self.told(which), self.by(number)
        if act is Act.WITHDRAW:
            self.take(told, life.withdrawn(told.item, by, self.now, ""))
        else:
            self.take(told, (life.cancelled if act is Act.CANCEL else life.restored)(told.item, by))

    @rule(number=st.integers(min_value=2, max_value=3), rights=ROLES)
    def give_rights(self, number: int, rights: frozenset[Right]) -> None:
        self.rights[UserId(number)] = rights

    @rule(number=PEOPLE, review=st.sampled_from(Review))
    def settle(self, number: int, review: Review) -> None:
        by = self.by(number)
        if Right.SETTINGS in by.rights and may_set(self.house.review, by):
            self.house = House(review)

    @invariant()
    def what_is_in_the_group_is_what_went_out(self) -> None:
        for told in getattr(self, "items", ()):
            if told.item.state in ON_IT:
                assert told.visible == told.item.content


def replace_told(told: Told, item: Announcement) -> Told:
    """Return the same story with the announcement as it is after a step: what the owner then says yes to."""
    return Told(item, told.writer, told.read, told.visible)


Story.TestCase.settings = settings(max_examples=500, stateful_step_count=50, deadline=None)
TestStory = Story.TestCase
