"""The state machine: which message comes next, and at which moment the process that handles it dies."""

import uuid
from collections import Counter
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from itertools import count

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule

from tests.workspace.ledger.model import crashing, observing
from tests.workspace.ledger.model.books import KEPT, LIMIT, MONTHLY, Books, Share
from tests.workspace.ledger.model.crashing import CRASHED
from tests.workspace.ledger.model.messages import (
    Adjust,
    Decide,
    Expire,
    GiveImages,
    Grant,
    Message,
    Month,
    People,
    Refund,
    Settle,
    Start,
    Undo,
)
from workspace.accounts.models import Plan, User
from workspace.credits import audit

NUMBERS = count(1)  # of people, runs and frames: never used twice, as ids are
CREDITS = st.integers(min_value=0, max_value=120)
FATAL = st.none() | st.none() | st.integers(0, 40)  # the last boundary at which a process dies; most messages have fewer
WHICH = st.integers(min_value=0, max_value=99)  # of those there are
JOINED, LATER = datetime(2026, 1, 15, tzinfo=UTC), datetime(2099, 1, 1, tzinfo=UTC)


class Ledger(RuleBasedStateMachine):
    """Each sequence has a person of its own. ``tally`` counts steps, crashes and statements over all of them."""

    tally: Counter[str] = Counter()
    plan: Plan
    admins: tuple[User, User]

    @classmethod
    def prepare(cls) -> None:
        """Once before all sequences. For admins no month begins."""
        cls.tally.clear()
        cls.plan = Plan.objects.create(name="Studio", monthly_credits=MONTHLY, carry_over=KEPT)
        first, second = (User.objects.create_superuser(f"{name}@example.com", date_joined=LATER) for name in ("first", "second"))
        cls.admins = first, second

    def __init__(self) -> None:
        super().__init__()
        holder = User.objects.create_user(f"person{next(NUMBERS)}@example.com", plan=self.plan, date_joined=JOINED)
        self.people = People(holder, *self.admins)
        self.account = holder.credits.pk
        self.books = Books()
        self.sent: list[Message] = []
        self.day = date(2026, 11, 29)

    def deliver(self, message: Message, fatal: int | None) -> None:
        """One step: send it; or send it again and again, each time to a process that dies one boundary later, up to ``fatal``.

        So every statement of every message has been the last, also when nothing else is left to chance.
        """
        self.tally.update(["steps", type(message).__name__])
        for boundary in [None] if fatal is None else range(fatal + 1):
            if self._send(message, boundary) != CRASHED:
                break

    def _send(self, message: Message, fatal: int | None) -> object:
        """A crash leaves all of it or nothing. Without one the answer is the model's as well."""
        after = self.books.copy()
        due = message.mean(after)
        answer, came = crashing.run(lambda: message.send(self.people), fatal)
        seen = observing.facts(self.account)
        if answer != CRASHED:
            assert (answer, seen) == (due, after.facts()), message
        else:
            assert seen in (self.books.facts(), after.facts()), (message, fatal)
        if seen == after.facts():
            self.books = after
        self.tally.update(["sent"], statements=came.statements, crashes=answer == CRASHED, repeated=message in self.sent)
        if message not in self.sent:
            self.sent.append(message)
        return answer

    @initialize()
    def something_to_correct(self):
        """A frame that was charged and one under way, an adjustment, and one that waits, so that every rule has what it needs."""
        run = next(NUMBERS)
        charged, open_one = (Share(run, next(NUMBERS), 1, 20, True) for _ in "12")
        waiting, done = (Adjust(str(uuid.UUID(int=next(NUMBERS))), amount) for amount in (LIMIT + 10, 15))
        for message in (Start(f"run:{run}", (charged, open_one), self.day), Settle(charged, 20), waiting, done):
            self._send(message, None)

    @rule(days=st.integers(-2, 3))
    def the_clock_moves(self, days):
        self.day += timedelta(days=days)

    @precondition(lambda self: self.sent)
    @rule(which=WHICH, fatal=FATAL)
    def send_again(self, which, fatal):
        self.deliver(one(self.sent, which), fatal)

    @precondition(lambda self: self.sent)
    @rule(fatal=FATAL)
    def send_the_last_again(self, fatal):
        """As whoever got no answer does."""
        self.deliver(self.sent[-1], fatal)

    @rule(amount=st.integers(1, 60), fatal=FATAL)
    def grant(self, amount, fatal):
        self.deliver(Grant(f"grant:{next(NUMBERS)}", amount), fatal)

    @rule(frames=st.lists(st.tuples(CREDITS, st.booleans()), min_size=1, max_size=4), fatal=FATAL)
    def start(self, frames, fatal):
        self._start(frames, fatal)

    @rule(prices=st.lists(st.integers(0, 40), min_size=1, max_size=3), fatal=FATAL)
    def start_in_hd(self, prices, fatal):
        self._start([(price, True) for price in prices], fatal)

    def _start(self, frames, fatal):
        run = next(NUMBERS)
        shares = tuple(Share(run, next(NUMBERS), 1, price, hd) for price, hd in frames)
        self.deliver(Start(f"run:{run}", shares, self.day), fatal)

    @precondition(lambda self: self.books.spent)
    @rule(which=WHICH, price=CREDITS, hd=st.booleans(), fatal=FATAL)
    def ask_again(self, which, price, hd, fatal):
        """A further round of a settled frame, with a hold of its own."""
        earlier = one(self.books.spent, which)
        share = Share(earlier.comparison, earlier.generation, 1 + next(NUMBERS) % 32_000, price, hd)
        self.deliver(Start(f"retry:{share.generation}:{share.round}", (share,), self.day, again=True), fatal)

    @precondition(lambda self: self.books.open)
    @rule(which=WHICH, less=st.booleans(), fatal=FATAL)
    def charge(self, which, less, fatal):
        self.deliver(settlement(one(self.books.open, which), 1.0, less), fatal)

    @precondition(lambda self: self.books.open)
    @rule(which=WHICH, part=st.sampled_from([0.0, 0.3, 0.7]), less=st.booleans(), fatal=FATAL)
    def charge_in_part(self, which, part, less, fatal):
        self.deliver(settlement(one(self.books.open, which), part, less), fatal)

    @precondition(lambda self: self.books.open)
    @rule(which=WHICH, fatal=FATAL)
    def release(self, which, fatal):
        self.deliver(settlement(one(self.books.open, which), None, False), fatal)

    @precondition(lambda self: self.books.spent)
    @rule(which=WHICH, part=st.sampled_from([None, 0.5, 1.0]), fatal=FATAL)
    def settle_otherwise(self, which, part, fatal):
        """Another process comes to another end of the same frame, too late: it may not look at the HD image either."""
        share = one(self.books.spent, which)
        self.deliver(settlement(share, part, share not in self.books.images), fatal)

    @precondition(lambda self: self.books.captured)
    @rule(which=WHICH, amount=st.integers(1, 60), fatal=FATAL)
    def refund(self, which, amount, fatal):
        self.deliver(Refund(f"refund:{next(NUMBERS)}", one(self.books.captured, which), amount), fatal)

    @rule(keep=CREDITS, month=st.integers(1, 12), fatal=FATAL)
    def expire(self, keep, month, fatal):
        self.deliver(Expire(f"expiry:{self.account}:{month}", keep), fatal)

    @rule(months=st.integers(-1, 2), fatal=FATAL)
    def a_month_begins(self, months, fatal):
        """By a clock that may be a month behind or ahead."""
        self.deliver(Month(self.day + timedelta(days=30 * months)), fatal)

    @rule(amount=st.integers(-90, 90).filter(bool), fatal=FATAL)
    def adjust(self, amount, fatal):
        self.deliver(Adjust(str(uuid.UUID(int=next(NUMBERS))), amount), fatal)

    @precondition(lambda self: self.books.proposed)
    @rule(which=WHICH, approve=st.booleans(), by_oneself=st.sampled_from([False, False, True]), fatal=FATAL)
    def decide(self, which, approve, by_oneself, fatal):
        self.deliver(Decide(one(self.books.proposed, which), approve, by_oneself), fatal)

    @precondition(lambda self: self.books.adjusted)
    @rule(which=WHICH, fatal=FATAL)
    def undo(self, which, fatal):
        self.deliver(Undo(one(self.books.adjusted, which)), fatal)

    @rule(images=st.sampled_from([-1, 1, 2]), fatal=FATAL)
    def give_images(self, images, fatal):
        self.deliver(GiveImages(f"desk:{next(NUMBERS)}", images, self.day), fatal)

    def teardown(self) -> None:
        """No month begins for this person any more, whatever later sequences do."""
        assert list(audit.disagreements()) == []
        User.objects.filter(pk=self.people.holder.pk).update(is_active=False)


def one[T](those: Iterable[T], which: int) -> T:
    found = list(those)  # in the order in which they came, which is the same whenever a sequence is tried again
    return found[which % len(found)]


def settlement(share: Share, part: float | None, less: bool) -> Settle:
    return Settle(share, None if part is None else int(share.price * part), less)
