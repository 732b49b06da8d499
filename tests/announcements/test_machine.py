"""Whatever is done in whatever order, nothing unreviewed gets into a group where review is on (R09).

The story keeps its own book: whose words stand there, who said yes to which of them, and what was last handed in. By that it
foretells what each step may do, and every answer of the rules is held against it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Final

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from bot.announcements.rules import changing, life
from bot.announcements.rules.acts import Act
from bot.announcements.rules.announcement import Announcement, By, State
from bot.announcements.rules.content import Content, File, Link
from bot.announcements.rules.house import House, Review
from bot.announcements.rules.making import drafted, occurring
from bot.announcements.rules.outcomes import NoReview, NotAllowed
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
PEOPLE = st.integers(min_value=1, max_value=4)
ROLES = st.sampled_from([frozenset[Right](), *(RIGHTS_OF[role] for role in Role if role is not Role.OWNER)])
WHICH = st.integers(min_value=0, max_value=2)
UNSENT: Final = {State.DRAFT, State.IN_REVIEW, State.APPROVED, State.SCHEDULED, State.MISSED, State.FAILED}
SUBMITTED: Final = (UNSENT - {State.IN_REVIEW}) | {State.UNCERTAIN}
ON_IT: Final = frozenset({State.PUBLISHING, State.UNCERTAIN, State.PUBLISHED})
OWNER = UserId(1)
MOST = 3


@dataclass(frozen=True)
class Yes:
    """Somebody has read something and said yes to it."""

    who: UserId
    is_owner: bool
    content: Content


@dataclass
class Told:
    """What the story itself knows of an announcement, without what the rules keep of its review."""

    item: Announcement
    author: UserId
    writer: UserId
    changer: UserId | None = None
    """Whose the change is that waits beside a published one."""
    yes: Yes | None = None
    handed: Content | None = None
    """What reviewers were given to read last, and what stood in the button of that card."""
    card: str = ""
    visible: Content | None = None
    """What went out last, and what the group reads; between them the changes on their way, the oldest first."""
    reads: Content | None = None
    on_way: tuple[tuple[str, Content], ...] = ()

    def is_read(self, review: Review) -> bool:
        """Say whether somebody entitled to has said yes to exactly this, or nobody needs to."""
        if review is Review.NONE:
            return True
        if self.yes is None or self.yes.content != self.item.content:
            return False
        if review is Review.OWNER:
            return self.yes.is_owner
        return self.yes.who not in {self.author, self.writer}

    @property
    def to_read(self) -> Content:
        return self.item.content if self.item.pending is None else self.item.pending


class Story(RuleBasedStateMachine):
    """People with changing rights write, review, publish and change settings; time passes, and Telegram answers."""

    @initialize(review=st.sampled_from(Review))
    def begin(self, review: Review) -> None:
        self.now = START
        self.house = House(review)
        self.rights = {UserId(n): RIGHTS_OF[Role.MANAGER] for n in range(1, 5)}
        self.rights[OWNER] = RIGHTS_OF[Role.OWNER]
        self.items: list[Told] = []
        for number in (1, 2):
            self.add(self.by(number), Content("Hello"))

    def by(self, number: int) -> By:
        return By(UserId(number), f"P{number}", self.rights[UserId(number)])

    def told(self, which: int) -> Told:
        return self.items[which % len(self.items)]

    def own_word(self, by: By) -> bool:
        return self.house.review is Review.OWNER and by.is_owner

    def may_say_yes(self, told: Told, by: By) -> bool:
        if self.house.review is Review.OWNER:
            return by.is_owner
        wrote = told.writer if told.item.pending is None else told.changer
        return Right.REVIEW in by.rights and by.user_id not in {told.author, wrote}

    def says_yes(self, told: Told, by: By, content: Content) -> None:
        told.yes = Yes(by.user_id, by.is_owner, content)

    def may_send(self, told: Told, by: By) -> bool:
        """Say whether somebody may let it go out, whatever anybody thinks of its words."""
        return Right.PUBLISH in by.rights and (by.user_id != told.author or Right.ANNOUNCE in by.rights)

    def take(self, told: Told, after: Announcement) -> None:
        """Keep what a step made of it."""
        before, told.item = told.item, after
        waits = after.state is State.IN_REVIEW and before.state is not State.IN_REVIEW
        if waits or (after.pending is not None and before.pending is None):
            told.handed, told.card = told.to_read, shown(after)
        goes = after.state is State.PUBLISHING and before.state is not State.PUBLISHING
        if goes or (after.state is State.PUBLISHED and after.content != told.visible):
            assert told.is_read(self.house.review), told
            told.visible = after.content
        if goes:
            told.reads, told.on_way = after.content, ()
        elif after.undone.before and after.undone.before != before.undone.before:
            told.on_way = (*told.on_way, (changing.mark_of(after), after.content))

    # Where announcements come from

    @rule(number=PEOPLE, content=CONTENTS)
    def draft(self, number: int, content: Content) -> None:
        """Somebody writes one, or accepts what a member handed in, or sends a copy to this group from another."""
        by = self.by(number)
        if Right.ANNOUNCE in by.rights:
            self.add(by, content)

    @rule(which=WHICH, number=PEOPLE)
    def copy(self, which: int, number: int) -> None:
        told, by = self.told(which), self.by(number)
        if isinstance(life.decide(told.item, Act.COPY, by), State):
            self.add(by, told.item.content)

    def add(self, by: By, content: Content) -> None:
        item = drafted(GroupId(1), content, by, self.now)
        assert (item.state, item.approval) == (State.DRAFT, "")
        self.keep(Told(replace(item, id=len(self.items)), by.user_id, by.user_id))

    def keep(self, told: Told) -> Told:
        """Take one in, for the oldest that has come to its end, or else in the place of the first."""
        if len(self.items) < MOST:
            self.items.append(told)
        else:
            ended = [n for n, one in enumerate(self.items) if one.item.state not in UNSENT | ON_IT]
            self.items[ended[0] if ended else 0] = told
        return told

    @rule(which=WHICH, number=PEOPLE)
    def a_date_comes(self, which: int, number: int) -> None:
        """A recurring one has a date: what comes of it goes out if its pattern is approved as it is."""
        told, by = self.told(which), self.by(number)
        new = replace(occurring(told.item, self.now, by.user_id, by.name, self.now), id=len(self.items))
        self.now += timedelta(hours=1)
        self.comes_due(
            self.keep(replace(told, item=new, changer=None, handed=None, visible=None, reads=None, on_way=())),
            quiet=False,
        )

    @rule(number=PEOPLE, content=CONTENTS)
    def a_copy_comes_from_another_group(self, number: int, content: Content) -> None:
        """A broadcast drafts its copy and sends it; where it needs review it is handed in."""
        if Right.ANNOUNCE not in self.by(number).rights:
            return
        self.add(self.by(number), content)
        told = next(one for one in reversed(self.items) if one.item.content == content)
        if told.item.state is State.DRAFT and not self.publish_one(told, number, Act.PUBLISH):
            self.submit_one(told, number)

    # Writing

    @rule(which=WHICH, number=PEOPLE, content=CONTENTS)
    def edit(self, which: int, number: int, content: Content) -> None:
        told, by = self.told(which), self.by(number)
        before = told.item
        after = life.edited(before, content, by, self.house, self.now)
        if not isinstance(after, Announcement):
            return
        own = Right.PUBLISH in by.rights or before.state in {State.DRAFT, State.IN_REVIEW, State.FAILED}
        assert own, "who may not publish changes nothing approved"
        if before.state is State.PUBLISHED:
            waits = self.house.review is not Review.NONE and not self.own_word(by)
            assert (after.pending == content) is waits
            if waits:
                told.changer = by.user_id
                self.take(told, after)
                return
        told.writer, told.yes = by.user_id, None
        if self.own_word(by) and before.state not in {State.DRAFT, State.IN_REVIEW, State.FAILED}:
            self.says_yes(told, by, content)
        self.take(told, after)
        if before.state in {State.APPROVED, State.SCHEDULED, State.MISSED} and self.house.review is not Review.NONE:
            assert (after.state is State.IN_REVIEW) is not self.own_word(by)

    # Reviewing

    @rule(which=WHICH, number=PEOPLE)
    def submit(self, which: int, number: int) -> None:
        self.submit_one(self.told(which), number)

    def submit_one(self, told: Told, number: int) -> None:
        by, before, was_read = self.by(number), told.item, told.is_read(self.house.review)
        after = life.handed_in(before, by, self.house)
        if not isinstance(after, Announcement):
            assert (
                isinstance(after, NoReview | NotAllowed)
                or self.house.review is not Review.NONE
                or before.state not in SUBMITTED
            )
            return
        assert not was_read, "what is approved waits for nobody"
        assert before.state in SUBMITTED
        assert before.state is not State.UNCERTAIN or Right.PUBLISH in by.rights
        told.writer, told.yes = by.user_id, None
        if self.own_word(by):
            self.says_yes(told, by, after.content)
        self.take(told, after)
        assert (after.state is State.IN_REVIEW) is not self.own_word(by)

    @rule(which=WHICH, number=PEOPLE, how=st.sampled_from(["button", "older button", "typed"]))
    def approve(self, which: int, number: int, how: str) -> None:
        told, by = self.told(which), self.by(number)
        before, read = told.item, told.to_read
        seen = {"button": shown(before), "older button": told.card, "typed": None}[how]
        waits = before.state is State.IN_REVIEW or (before.state is State.PUBLISHED and before.pending is not None)
        meant = how == "button" or told.handed == read
        after = life.approved(before, by, self.house, self.now, seen)
        may = Right.REVIEW in by.rights and self.may_say_yes(told, by)
        assert isinstance(after, Announcement) is (waits and may and meant), (waits, may, meant)
        if isinstance(after, Announcement):
            self.says_yes(told, by, read)
            if before.pending is not None and told.changer is not None:
                told.writer, told.changer = told.changer, None
            self.take(told, after)

    @rule(which=WHICH, number=PEOPLE, for_good=st.booleans())
    def turn_down(self, which: int, number: int, for_good: bool) -> None:
        told, by = self.told(which), self.by(number)
        before = told.item
        may = Right.REVIEW in by.rights and self.may_say_yes(told, by)
        after = (life.rejected if for_good else life.sent_back)(before, by, self.house, "No")
        if isinstance(after, Announcement):
            assert may
            if before.pending is None:
                told.yes = None
            told.changer = None
            assert after.pending is None
            self.take(told, after)

    # Going out

    @rule(which=WHICH, number=PEOPLE, hours=st.integers(min_value=1, max_value=3), over=st.booleans())
    def schedule(self, which: int, number: int, hours: int, over: bool) -> None:
        told, by = self.told(which), self.by(number)
        before, over = told.item, over and Right.ANNOUNCE not in self.rights[told.author]
        item = life.taken_over(before, by) if over else before
        after = life.scheduled(item, self.now + timedelta(hours=hours), by, self.house)
        if not isinstance(after, Announcement):
            return
        told.author = by.user_id if over else told.author
        assert self.may_send(told, by)
        assert after.author_id == told.author
        if self.own_word(by) and not told.is_read(self.house.review):
            self.says_yes(told, by, before.content)
        self.take(told, after)
        assert after.state is (State.SCHEDULED if told.is_read(self.house.review) else State.IN_REVIEW)

    @rule(which=WHICH, number=PEOPLE, act=st.sampled_from([Act.PUBLISH, Act.AGAIN]))
    def publish(self, which: int, number: int, act: Act) -> None:
        self.publish_one(self.told(which), number, act)

    def publish_one(self, told: Told, number: int, act: Act) -> bool:
        by, before = self.by(number), told.item
        fit = before.state in (UNSENT if act is Act.PUBLISH else {State.UNCERTAIN})
        read = told.is_read(self.house.review) or self.own_word(by)
        after = life.sent(before, by, self.house, act)
        assert isinstance(after, Announcement) is (fit and read and self.may_send(told, by)), (fit, read)
        if not isinstance(after, Announcement):
            return False
        if not told.is_read(self.house.review):
            self.says_yes(told, by, before.content)
        self.take(told, after)
        return True

    @rule(hours=st.integers(min_value=0, max_value=2), quiet=st.booleans())
    def time_passes(self, hours: int, quiet: bool) -> None:
        self.now += timedelta(hours=hours)
        for told in self.items:
            if told.item.due_at is not None and told.item.due_at <= self.now:
                self.comes_due(told, quiet=quiet)

    def comes_due(self, told: Told, *, quiet: bool) -> None:
        item = told.item
        writes = Right.ANNOUNCE in self.rights[told.author]
        publishes = Right.PUBLISH in self.rights[item.manager_id]
        until = self.now + timedelta(hours=8) if quiet else None
        fit = item.state is State.SCHEDULED and told.is_read(self.house.review)
        verdict = life.fire(item, self.house, may_write=writes, may_publish=publishes, quiet_until=until)
        assert isinstance(verdict, life.Go) is (fit and writes and publishes and not quiet), verdict
        match verdict:
            case life.Go(after=after):
                self.take(told, after)
            case life.HoldBack(after=after) | life.AskReview(after=after):
                assert after.state is (State.DRAFT if isinstance(verdict, life.HoldBack) else State.IN_REVIEW)
                assert after.due_at is None
                told.yes = None
                self.take(told, after)
            case life.Hold(until=held):
                assert (held, fit) == (until, True)
            case life.Ignore():
                assert item.state not in {State.SCHEDULED, State.IN_REVIEW}

    @rule(which=WHICH)
    def it_is_missed(self, which: int) -> None:
        """The bot was down when its time came."""
        told = self.told(which)
        if told.item.state is State.SCHEDULED:
            told.item = replace(told.item, state=State.MISSED)

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
        self.approve(which, reader, "button")
        if published:
            self.publish(which, writer, Act.PUBLISH)
            self.telegram_answers(which, State.PUBLISHED)
        else:
            self.schedule(which, writer, 1, over=False)

    @rule(which=WHICH, people=st.permutations(range(1, 5)))
    def its_time_comes_at_night(self, which: int, people: list[int]) -> None:
        self.all_goes_well(which, people[0], people[1], published=False)
        self.time_passes(1, quiet=True)

    @rule(which=WHICH, people=st.permutations(range(1, 5)), content=CONTENTS, approved=st.booleans())
    def a_published_one_is_changed(self, which: int, people: list[int], content: Content, approved: bool) -> None:
        """A change of what is published is approved or turned down, by whom it may be, and a date of it comes."""
        first, second, third, fourth = people
        self.all_goes_well(which, first, second, published=True)
        self.edit(which, third, content)
        for reader in (first, second, fourth):
            if approved:
                self.approve(which, reader, "button")
            else:
                self.turn_down(which, reader, for_good=False)
        self.a_date_comes(which, OWNER)

    @rule(
        which=WHICH,
        people=st.permutations(range(1, 5)),
        content=CONTENTS,
        again=st.booleans(),
        out=st.booleans(),
        how=st.sampled_from(["older button", "typed"]),
    )
    def words_change_while_they_are_read(
        self, which: int, people: list[int], content: Content, again: bool, out: bool, how: str
    ) -> None:
        """Somebody approves what they have read when the words are others already, of an announcement or of a change."""
        first, second, third, _ = people
        if out:
            self.all_goes_well(which, first, third, published=True)
        self.submit(which, first)
        self.edit(which, second, content)
        if again:
            self.edit(which, first, Content("Hello again"))
        self.approve(which, third, how)

    @rule(which=WHICH, people=st.permutations(range(1, 5)), late=st.booleans())
    def the_owner_wants_to_read_it_too(self, which: int, people: list[int], late: bool) -> None:
        """What one reviewer has approved is turned down by the owner, or not read in time; then the first review is on again."""
        first, second, third, _ = people
        self.all_goes_well(which, first, second, published=False)
        before = self.house.review
        self.settle(OWNER, Review.OWNER)
        self.publish(which, third, Act.PUBLISH)
        if late:
            self.time_passes(2, quiet=False)
        else:
            self.schedule(which, third, 1, over=False)
            self.turn_down(which, OWNER, for_good=False)
        self.settle(OWNER, before)
        self.publish(which, third, Act.PUBLISH)

    @rule(which=WHICH, people=st.permutations(range(1, 5)), put_away=st.booleans())
    def what_was_approved_is_begun_anew(self, which: int, people: list[int], put_away: bool) -> None:
        """It is brought back as a draft, or written anew in the same words: nobody has approved that."""
        first, second, third, _ = people
        self.all_goes_well(which, first, second, published=False)
        if put_away:
            self.put_away(which, OWNER, Act.CANCEL)
            self.time_passes(2, quiet=False)
            self.put_away(which, OWNER, Act.RESTORE)
        else:
            self.edit(which, third, self.told(which).item.content)
        self.publish(which, third, Act.PUBLISH)

    @rule(which=WHICH, people=st.permutations(range(1, 5)), published=st.booleans())
    def other_words_get_past_the_steps(self, which: int, people: list[int], published: bool) -> None:
        """What is stored is not what was approved, whichever way it got there: the approval is of other words."""
        first, second, third, _ = people
        self.all_goes_well(which, first, second, published=False)
        told = self.told(which)
        if told.item.state in UNSENT:
            told.item = replace(told.item, content=Content("Hello from nowhere"))
        if published:
            self.publish(which, third, Act.PUBLISH)
        else:
            self.time_passes(1, quiet=False)

    @rule(which=WHICH, number=PEOPLE, review=st.sampled_from(Review))
    def the_connection_breaks_off_before_review_is_switched_on(self, which: int, number: int, review: Review) -> None:
        self.publish(which, number, Act.PUBLISH)
        self.telegram_answers(which, State.UNCERTAIN)
        self.settle(OWNER, review)
        author = self.told(which).author
        if author != OWNER:
            # Whoever may only write has not the say whether it stands there.
            self.rights[author] = RIGHTS_OF[Role.EDITOR]
            self.submit(which, author)
        self.publish(which, number, Act.AGAIN)
        self.submit(which, number)

    @rule(which=WHICH, number=PEOPLE, review=st.sampled_from(Review), by_hand=st.booleans())
    def settings_change_before_it_goes_out(self, which: int, number: int, review: Review, by_hand: bool) -> None:
        """The owner wants another review between the last word and the posting."""
        self.settle(OWNER, review)
        if by_hand:
            self.publish(which, number, Act.PUBLISH)
        else:
            self.time_passes(2, quiet=False)

    # What Telegram says of what stands in the group

    @rule(which=WHICH, made=st.booleans(), gone=st.booleans())
    def telegram_answers_a_change(self, which: int, made: bool, gone: bool) -> None:
        """The oldest change on its way is made, or refused: then the words are those that the group reads."""
        told = self.told(which)
        if told.item.state is not State.PUBLISHED or not told.on_way:
            return
        (mark, wanted), *later = told.on_way
        told.on_way = tuple(later)
        if made:
            told.item, former = changing.arrived(told.item, mark)
            assert later or former == told.reads
            told.reads = wanted
        else:
            told.item = changing.refused(told.item, mark, "No", gone=gone)
        if later:
            return
        assert (told.item.content, told.item.undone.before) == (told.reads, ())
        change = told.item.undone.change
        assert (change is None) is made
        told.visible = told.reads
        if change is not None:
            assert (change.content, told.item.undone.problem, told.item.undone.gone) == (wanted, "No", gone)
            self.goes_back(told)

    def goes_back(self, told: Told) -> None:
        """Take over who had said yes to the words that the group still reads."""
        item = told.item
        told.writer = item.author_id if item.writer_id is None else item.writer_id
        who, _, _ = item.approval.partition(":")
        told.yes = None if item.reviewer_id is None else Yes(item.reviewer_id, who == "owner", item.content)

    @rule(which=WHICH, people=st.permutations(range(1, 5)), content=CONTENTS, keep=st.booleans())
    def a_change_is_refused(self, which: int, people: list[int], content: Content, keep: bool) -> None:
        """It is tried again by somebody, or dropped; whether the group may read it is asked anew."""
        first, second, third, _ = people
        self.all_goes_well(which, first, second, published=True)
        self.edit(which, third, content)
        self.approve(which, second, "button")
        self.telegram_answers_a_change(which, made=False, gone=False)
        self.undo(which, third, keep=keep)

    @rule(which=WHICH, number=PEOPLE, keep=st.booleans())
    def undo(self, which: int, number: int, keep: bool) -> None:
        told, by = self.told(which), self.by(number)
        before, change = told.item, told.item.undone.change
        fit = before.state is State.PUBLISHED and change is not None and Right.PUBLISH in by.rights
        after = life.left_as_read(before, by) if keep else life.tried_again(before, by, self.house, self.now)
        assert isinstance(after, Announcement) is (fit and before.message_id is not None)
        if not isinstance(after, Announcement) or change is None:
            return
        assert after.undone.change is None
        if keep:
            assert after.content == before.content
            told.item = after
        elif not after.undone.before:
            assert (after.content, after.pending) == (before.content, change.content)
            told.changer = by.user_id
            self.take(told, after)
        else:
            assert after.content == change.content
            told.writer = before.author_id if after.writer_id is None else after.writer_id
            owner = after.approval.startswith("owner:")
            read = after.reviewer_id is not None and after.approval != ""
            told.yes = Yes(after.reviewer_id or OWNER, owner, after.content) if read else None
            self.take(told, after)

    @rule(which=WHICH, number=PEOPLE)
    def it_cannot_be_withdrawn(self, which: int, number: int) -> None:
        """Telegram neither deletes it nor strikes it through: it stands there as before, and can be withdrawn again."""
        told = self.told(which)
        before = told.item
        after = life.withdrawn(before, self.by(number), self.now, "Wrong")
        if not isinstance(after, Announcement):
            return
        assert after.state is State.WITHDRAWN
        again = life.still_stands(after, "No")
        assert again is not None
        assert (again.state, again.content, again.undone.problem) == (State.PUBLISHED, before.content, "No")
        assert (again.withdrawn_at, again.withdrawn_by, again.withdrawn_why) == (None, "", "")
        assert isinstance(life.withdrawn(again, self.by(number), self.now, ""), Announcement)
        told.changer = None
        told.item = again

    # Everything else

    @rule(which=WHICH, number=PEOPLE, act=st.sampled_from([Act.CANCEL, Act.RESTORE, Act.WITHDRAW]))
    def put_away(self, which: int, number: int, act: Act) -> None:
        told, by = self.told(which), self.by(number)
        if act is Act.WITHDRAW:
            after = life.withdrawn(told.item, by, self.now, "")
        else:
            after = (life.cancelled if act is Act.CANCEL else life.restored)(told.item, by)
        if isinstance(after, Announcement):
            told.yes = None if act is Act.RESTORE else told.yes
            self.take(told, after)

    @rule(number=st.integers(min_value=2, max_value=4), rights=ROLES)
    def give_rights(self, number: int, rights: frozenset[Right]) -> None:
        self.rights[UserId(number)] = rights

    @rule(number=PEOPLE, review=st.sampled_from(Review))
    def settle(self, number: int, review: Review) -> None:
        by = self.by(number)
        if Right.SETTINGS in by.rights and may_set(self.house.review, by):
            assert by.is_owner or self.house.review is not Review.OWNER
            self.house = House(review)

    @invariant()
    def what_is_in_the_group_is_what_went_out(self) -> None:
        for told in getattr(self, "items", ()):
            if told.item.state in ON_IT:
                assert told.visible == told.item.content


Story.TestCase.settings = settings(max_examples=500, stateful_step_count=50, deadline=None)
TestStory = Story.TestCase
