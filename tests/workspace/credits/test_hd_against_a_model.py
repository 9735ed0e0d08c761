"""Credits and HD images together: any sequence of runs, settlements, crashes and replays agrees with plain Python."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import count

from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, consumes, invariant, multiple, rule, run_state_machine_as_test

from workspace.accounts.models import User
from workspace.accounts.terms import Terms
from workspace.credits import audit, selectors, services
from workspace.credits.errors import HdUsedUp, NotEnoughCredits
from workspace.credits.hd import selectors as hd_selectors
from workspace.credits.hd import services as hd

NUMBERS = count(1_000_000)  # of people, runs and frames: never used twice, as ids are
TERMS = Terms(hd_per_day=3, hd_per_month=5)
PRICE = 10


@dataclass
class Expected:
    """What is left of the credits, and the day of each HD image that is taken or was kept."""

    balance: int = 250
    days: dict[int, date] = field(default_factory=dict)
    extra: list[tuple[date, int]] = field(default_factory=list)

    def left(self, day: date) -> int:
        used = [other for other in self.days.values() if (other.year, other.month) == (day.year, day.month)]
        given = [(when, number) for when, number in self.extra if (when.year, when.month) == (day.year, day.month)]
        month = TERMS.hd_per_month - len(used) + sum(number for _, number in given)
        today = TERMS.hd_per_day - used.count(day) + sum(number for when, number in given if when == day)
        return max(0, min(month, today))


class Allowance(RuleBasedStateMachine):
    """Every rule runs for real or crashes before its commit."""

    open_frames = Bundle("open_frames")
    settled_frames = Bundle("settled_frames")

    def __init__(self) -> None:
        super().__init__()
        self.user = User.objects.create_user(f"person{next(NUMBERS)}@example.com")
        self.day = date(2026, 11, 29)
        self.expected = Expected()

    @rule(days=st.integers(-2, 3))
    def the_clock_moves(self, days):
        self.day += timedelta(days=days)

    @rule(images=st.sampled_from([-1, 1, 2]))
    def an_admin_changes_the_month(self, images):
        key = f"desk:{next(NUMBERS)}"
        for _ in range(2):
            hd.adjust(self.user, images, day=self.day, reason="A campaign", key=key, actor=self.user)
        self.expected.extra.append((self.day, images))

    @rule(target=open_frames, frames=st.integers(1, 3), crash=st.booleans())
    def start(self, frames, crash):
        run, ids = next(NUMBERS), [next(NUMBERS) for _ in range(frames)]
        try:
            with transaction.atomic():
                hd.take(self.user, [(each, 1) for each in ids], terms=TERMS, day=self.day, reason="Run")
                services.hold(self.user, PRICE * frames, key=f"run:{run}", comparison=run, reason="Run")
                transaction.set_rollback(crash)
        except HdUsedUp:
            assert frames > self.expected.left(self.day)
            return multiple()
        except NotEnoughCredits:
            assert PRICE * frames > self.expected.balance
            return multiple()
        assert frames <= self.expected.left(self.day)
        if crash:
            return multiple()
        self.expected.balance -= PRICE * frames
        self.expected.days |= dict.fromkeys(ids, self.day)
        return multiple(*((run, each) for each in ids))

    @rule(target=settled_frames, frame=consumes(open_frames), outcome=st.sampled_from(["drawn", "less", "failed"]))
    def settle(self, frame, outcome):
        self._settle(frame, outcome)
        if outcome != "drawn":
            del self.expected.days[frame[1]]
            self.expected.balance += PRICE if outcome == "failed" else PRICE - 1
        return frame, outcome

    @rule(frame=open_frames, outcome=st.sampled_from(["drawn", "less", "failed"]))
    def crash_in_a_settlement(self, frame, outcome):
        with transaction.atomic():
            self._settle(frame, outcome)
            transaction.set_rollback(True)

    @rule(settled=settled_frames)
    def settle_again(self, settled):
        self._settle(*settled)

    @rule(frame=open_frames)
    def take_again(self, frame):
        """Whatever is left: it has its image."""
        hd.take(self.user, [(frame[1], 1)], terms=TERMS, day=self.day, reason="Run")

    def _settle(self, frame, outcome):
        run, generation = frame
        share = {"account": self.user.credits.pk, "held": PRICE, "comparison": run, "reason": "Run"}
        if outcome != "drawn":
            hd.give_back(generation, 1, outcome)
        if outcome == "failed":
            services.release(generation, 1, **share)
        else:
            services.capture(generation, 1, charged=PRICE if outcome == "drawn" else 1, **share)

    @invariant()
    def credits_and_images_agree(self):
        assert selectors.balance(self.user) == self.expected.balance
        assert hd_selectors.left(self.user.credits.pk, TERMS, self.day).images == self.expected.left(self.day)

    def teardown(self) -> None:
        assert list(audit.disagreements()) == []


def test_any_sequence_agrees_with_the_model(db):
    few = settings(max_examples=25, stateful_step_count=30, suppress_health_check=list(HealthCheck), deadline=None)
    run_state_machine_as_test(Allowance, settings=few)
