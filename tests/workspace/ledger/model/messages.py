"""Every message that moves credits or HD images: how it is sent, and what it should come to.

``send`` does it for real and returns the answer. ``mean`` writes the same into the books and returns the answer that is due: a
value, or the class of an error, after which nothing may have moved. Every message may be sent again, at any time.
"""

import uuid
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import transaction

from tests.workspace.ledger.model.books import KEPT, LIMIT, MONTHLY, TERMS, Books, Share
from workspace.accounts.models import User
from workspace.credits import monthly
from workspace.credits import services as credits
from workspace.credits.errors import HdUsedUp, NotEnoughCredits, RefundBeyondCapture
from workspace.credits.hd import services as hd
from workspace.credits.models import Entry
from workspace.ledger import adjusting
from workspace.ledger.adjusting import Outcome
from workspace.ledger.errors import DecidedAlready, NotByOneself
from workspace.ledger.models import Proposal

type Answer = object


@dataclass(frozen=True)
class People:
    holder: User
    first: User
    second: User


@dataclass(frozen=True)
class Grant:
    key: str
    amount: int

    def send(self, people: People) -> Answer:
        return credits.grant(people.holder, self.amount, reason="Grant", key=self.key)

    def mean(self, books: Books) -> Answer:
        if self.key in books.keys:
            return False
        books.keys[self.key] = self.amount
        books.move(self.amount)
        return True


@dataclass(frozen=True)
class Start:
    """A run of several frames, or a further round of one: images and credits in one transaction."""

    key: str
    shares: tuple[Share, ...]
    day: date
    again: bool = False

    def send(self, people: People) -> Answer:
        sold = [(share.generation, share.round) for share in self.shares if share.hd]
        one = self.shares[0]
        where = {"generation": one.generation, "round": one.round} if self.again else {}
        with transaction.atomic():
            hd.take(people.holder, sold, terms=TERMS, day=self.day, reason="Run")
            held = credits.hold(people.holder, self.price, key=self.key, comparison=one.comparison, reason="Run", **where)
        return held.fresh, held.amount

    @property
    def price(self) -> int:
        return sum(share.price for share in self.shares)

    def mean(self, books: Books) -> Answer:
        if self.key in books.keys:
            return False, books.keys[self.key]
        images = [share for share in self.shares if share.hd]
        if images and len(images) > books.room(self.day):
            return HdUsedUp
        if self.price > books.balance:
            return NotEnoughCredits
        books.keys[self.key] = self.price
        books.open += self.shares
        books.images |= dict.fromkeys(images, self.day)
        books.hd_entries += len(images)
        books.move(-self.price, self.price)
        return True, self.price


@dataclass(frozen=True)
class Settle:
    """The end of a frame. ``charged`` is None for a release; ``less`` says that another model drew it in less than HD."""

    share: Share
    charged: int | None
    less: bool = False

    @property
    def gives_back(self) -> bool:
        return self.share.hd and (self.less or self.charged is None)

    def send(self, people: People) -> Answer:
        share = self.share
        facts = {"account": people.holder.credits.pk, "held": share.price, "comparison": share.comparison, "reason": "Run"}
        with transaction.atomic():
            if self.gives_back:
                hd.give_back(share.generation, share.round, "less")
            if self.charged is None:
                return credits.release(share.generation, share.round, **facts)
            return credits.capture(share.generation, share.round, charged=self.charged, **facts)

    def mean(self, books: Books) -> Answer:
        if self.gives_back and self.share in books.images:
            del books.images[self.share]
            books.hd_entries += 1
        if self.share in books.spent:
            return False
        books.open.remove(self.share)
        books.spent[self.share] = self.charged
        books.move(self.share.price - (self.charged or 0), -self.share.price)
        return True


@dataclass(frozen=True)
class Refund:
    key: str
    share: Share
    amount: int

    def send(self, people: People) -> Answer:
        capture = Entry.objects.get(kind="capture", generation=self.share.generation, round=self.share.round)
        return credits.refund(capture, self.amount, reason="Refunded", key=self.key, actor=people.first)

    def mean(self, books: Books) -> Answer:
        if self.key in books.keys:
            return False
        refunded = books.refunded.get(self.share, 0) + self.amount
        if refunded > books.spent[self.share]:
            return RefundBeyondCapture
        books.keys[self.key] = self.amount
        books.refunded[self.share] = refunded
        books.move(self.amount)
        return True


@dataclass(frozen=True)
class Expire:
    key: str
    keep: int

    def send(self, people: People) -> Answer:
        return credits.expire(people.holder, keep=self.keep, reason="Unused", key=self.key)

    def mean(self, books: Books) -> Answer:
        if self.key not in books.keys:
            books.keys[self.key] = max(0, books.balance - self.keep)
            books.move(-books.keys[self.key])
        return books.keys[self.key]


@dataclass(frozen=True)
class Month:
    """The clock strikes, maybe one that is wrong. Answers whether anything was given or taken."""

    day: date

    def send(self, people: People) -> Answer:
        return monthly.begin(self.day)

    def mean(self, books: Books) -> Answer:
        month = self.day.replace(day=1)
        following = (month + timedelta(days=31)).replace(day=1)
        if books.month in (month, following):
            return 0
        books.month = month
        expired = Expire(f"expiry of {month}", KEPT).mean(books)
        return int(Grant(f"month {month}", MONTHLY).mean(books) or bool(expired))


@dataclass(frozen=True)
class Adjust:
    """By an admin, either way; above the limit it waits for another."""

    key: str
    amount: int

    def send(self, people: People) -> Answer:
        return adjusting.adjust(people.holder, self.amount, reason="Adjusted", key=uuid.UUID(self.key), by=people.first)

    def mean(self, books: Books) -> Answer:
        if self.key in books.adjusted or self.key in books.proposed:
            return Outcome.REPEATED
        if abs(self.amount) > LIMIT:
            books.proposed[self.key] = self.amount
            books.deeds += 1
            return Outcome.PROPOSED
        return Outcome.DONE if adjusted(books, self.key, self.amount) else NotEnoughCredits


@dataclass(frozen=True)
class Decide:
    key: str
    approve: bool
    by_oneself: bool

    def send(self, people: People) -> Answer:
        decide = adjusting.approve if self.approve else adjusting.decline
        return decide(Proposal.objects.get(key=self.key), people.first if self.by_oneself else people.second)

    def mean(self, books: Books) -> Answer:
        if self.by_oneself:
            return NotByOneself
        if self.key in books.decided:
            return DecidedAlready
        if self.approve and not adjusted(books, self.key, books.proposed[self.key]):
            return NotEnoughCredits
        books.deeds += not self.approve
        books.decided.add(self.key)
        return None


@dataclass(frozen=True)
class Undo:
    key: str

    def send(self, people: People) -> Answer:
        proposal = Proposal.objects.filter(key=self.key).first()
        entry = Entry.objects.get(key=f"proposal:{proposal.pk}" if proposal else f"adjust:{self.key}")
        return adjusting.undo(entry, reason="Undone", by=people.second)

    def mean(self, books: Books) -> Answer:
        if self.key in books.undone:
            return False
        if books.adjusted[self.key] > books.balance:
            return NotEnoughCredits
        books.undone.add(self.key)
        books.deeds += 1
        books.move(-books.adjusted[self.key])
        return True


@dataclass(frozen=True)
class GiveImages:
    key: str
    images: int
    day: date

    def send(self, people: People) -> Answer:
        return hd.adjust(people.holder, self.images, day=self.day, reason="A campaign", key=self.key, actor=people.first)

    def mean(self, books: Books) -> Answer:
        if self.key in books.keys:
            return False
        books.keys[self.key] = self.images
        books.given.append((self.day, self.images))
        books.hd_entries += 1
        return True


type Message = Grant | Start | Settle | Refund | Expire | Month | Adjust | Decide | Undo | GiveImages


def adjusted(books: Books, key: str, amount: int) -> bool:
    """Write an adjustment and its line in the log; False if the balance does not cover it."""
    if books.balance + amount < 0:
        return False
    books.adjusted[key] = amount
    books.deeds += 1
    books.move(amount)
    return True
