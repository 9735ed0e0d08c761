"""Any sequence of movements, replays and aborted transactions agrees with a few lines of plain Python."""

from dataclasses import dataclass, field
from itertools import count

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, consumes, invariant, multiple, rule, run_state_machine_as_test

from workspace.accounts.models import User
from workspace.credits import audit, selectors, services
from workspace.credits.errors import NotEnoughCredits, RefundBeyondCapture
from workspace.credits.models import Entry

NUMBERS = count(1)  # of people, runs and frames: never used twice, as ids are
CREDITS = st.integers(min_value=0, max_value=120)


@dataclass
class Expected:
    """The simple model: what is left, what is held, and how each key was answered the first time."""

    balance: int = 250
    held: int = 0
    holds: dict[str, int] = field(default_factory=dict)
    grants: set[str] = field(default_factory=set)
    undone: set[int] = field(default_factory=set)
    refunded: dict[int, int] = field(default_factory=dict)
    expired: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Share:
    comparison: int
    generation: int
    round: int
    held: int


class Ledger(RuleBasedStateMachine):
    """Rules run for real or crash before their commit; settled shares and used keys are drawn again as replays."""

    open_shares = Bundle("open_shares")
    settled_shares = Bundle("settled_shares")
    keys = Bundle("keys")
    adjustments = Bundle("adjustments")

    def __init__(self) -> None:
        super().__init__()
        self.user = User.objects.create_user(f"person{next(NUMBERS)}@example.com")
        self.expected = Expected()

    def commit_or_crash(self, crash: bool, work):
        """Do ``work`` in a transaction; after a crash the model must not know that it happened."""
        with transaction.atomic():
            answer = work()
            transaction.set_rollback(crash)
        return None if crash else answer

    @rule(target=keys, amount=st.integers(min_value=1, max_value=60), crash=st.booleans())
    def grant(self, amount, crash):
        key = f"grant:{next(NUMBERS)}"
        if self.commit_or_crash(crash, lambda: services.grant(self.user, amount, reason="Grant", key=key)):
            self.expected.balance += amount
            self.expected.grants.add(key)
        return key

    @rule(key=keys)
    def replay_a_grant(self, key):
        if key in self.expected.grants:
            assert services.grant(self.user, 60, reason="Grant", key=key) is False

    @rule(target=adjustments, amount=st.integers(min_value=-90, max_value=60).filter(bool), crash=st.booleans())
    def adjust(self, amount, crash):
        """By an admin, either way, never below nothing."""
        key = f"adjustment:{next(NUMBERS)}"
        moved = self._if_covered(-amount, crash, lambda: services.adjust(self.user, amount, reason="Adjusted", key=key))
        if not moved:
            return multiple()
        self.expected.balance += amount
        return Entry.objects.get(key=key)

    @rule(adjustment=adjustments, crash=st.booleans())
    def undo(self, adjustment, crash):
        if adjustment.pk in self.expected.undone:
            assert services.undo(adjustment, reason="Undone") is False
        elif self._if_covered(adjustment.amount, crash, lambda: services.undo(adjustment, reason="Undone")):
            self.expected.balance -= adjustment.amount
            self.expected.undone.add(adjustment.pk)

    @rule(share=settled_shares, amount=st.integers(min_value=1, max_value=60), crash=st.booleans())
    def refund(self, share, amount, crash):
        capture = Entry.objects.filter(kind="capture", generation=share.generation, round=share.round).first()
        if capture is None:
            return
        refunded = self.expected.refunded.get(capture.pk, 0)
        key = f"refund:{next(NUMBERS)}"
        if refunded + amount > capture.spent:
            with pytest.raises(RefundBeyondCapture):
                services.refund(capture, amount, reason="Refunded", key=key)
        elif self.commit_or_crash(crash, lambda: services.refund(capture, amount, reason="Refunded", key=key)):
            self.expected.balance += amount
            self.expected.refunded[capture.pk] = refunded + amount

    @rule(keep=CREDITS, month=st.integers(1, 12), crash=st.booleans())
    def expire(self, keep, month, crash):
        """Once a month, and as often as it likes to be asked."""
        key = f"expiry:{self.user.pk}:{month}"
        taken = self.commit_or_crash(crash, lambda: services.expire(self.user, keep=keep, reason="Unused", key=key))
        if taken is None:
            return
        fresh = key not in self.expected.expired
        assert taken == self.expected.expired.setdefault(key, max(0, self.expected.balance - keep))
        self.expected.balance -= taken if fresh else 0

    def _if_covered(self, wanted, crash, work) -> bool:
        if wanted > self.expected.balance:
            with pytest.raises(NotEnoughCredits):
                self.commit_or_crash(crash, work)
            return False
        return bool(self.commit_or_crash(crash, work))

    @rule(target=open_shares, prices=st.lists(CREDITS, min_size=1, max_size=4), crash=st.booleans())
    def submit(self, prices, crash):
        """A run of several frames with one hold for all; a crash or a refusal leaves no share."""
        run, total = next(NUMBERS), sum(prices)
        if not self._hold(f"run:{run}", total, crash, comparison=run):
            return multiple()
        return multiple(*(Share(run, next(NUMBERS), 1, price) for price in prices))

    @rule(target=open_shares, share=settled_shares, price=CREDITS, crash=st.booleans())
    def ask_again(self, share, price, crash):
        """A new round of a settled frame, with a hold of its own."""
        again = Share(share.comparison, share.generation, next(NUMBERS) % 32_000, price)
        where = {"comparison": again.comparison, "generation": again.generation, "round": again.round}
        return again if self._hold(f"retry:{again.generation}:{again.round}", price, crash, **where) else multiple()

    def _hold(self, key, amount, crash, **where) -> bool:
        def work():
            return services.hold(self.user, amount, key=key, reason="Run", **where)

        if not self._if_covered(amount, crash, work):
            return False
        self.expected.balance -= amount
        self.expected.held += amount
        self.expected.holds[key] = amount
        return True

    @rule(data=st.data(), amount=CREDITS)
    def replay_a_hold(self, data, amount):
        if not self.expected.holds:
            return
        key = data.draw(st.sampled_from(sorted(self.expected.holds)))
        held = services.hold(self.user, amount, key=key, comparison=next(NUMBERS), reason="Run again")
        assert (held.fresh, held.amount) == (False, self.expected.holds[key])

    @rule(target=settled_shares, share=consumes(open_shares), part=st.floats(0, 1), release=st.booleans())
    def settle(self, share, part, release):
        charged = 0 if release else int(share.held * part)
        assert self._settle(share, charged, release) is True
        self.expected.balance += share.held - charged
        self.expected.held -= share.held
        return share

    @rule(share=open_shares, release=st.booleans())
    def crash_in_a_settlement(self, share, release):
        self.commit_or_crash(True, lambda: self._settle(share, share.held, release))

    @rule(share=settled_shares, release=st.booleans(), part=st.floats(0, 1))
    def settle_again(self, share, release, part):
        assert self._settle(share, int(share.held * part), release) is False

    def _settle(self, share: Share, charged: int, release: bool) -> bool:
        where = {"account": self.user.credits.pk, "held": share.held, "comparison": share.comparison, "reason": "Run"}
        if release:
            return services.release(share.generation, share.round, **where)
        return services.capture(share.generation, share.round, charged=charged, **where)

    @invariant()
    def balance_and_holds_agree(self):
        assert selectors.balance(self.user) == self.expected.balance
        assert selectors.held(self.user) == self.expected.held

    def teardown(self) -> None:
        assert list(audit.disagreements()) == []


def test_any_sequence_agrees_with_the_model(db):
    few = settings(max_examples=25, stateful_step_count=25, suppress_health_check=list(HealthCheck))
    run_state_machine_as_test(Ledger, settings=few)
