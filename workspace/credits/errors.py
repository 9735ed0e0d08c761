"""Everything that can go wrong with credits.

CreditsError
├── NotEnoughCredits     the balance does not cover what is wanted
├── HdUsedUp             the allowance of HD images does not
├── RefundBeyondCapture  less is left of what was taken than is to be given back
└── KeyAlreadyUsed       the idempotency key belongs to another movement

Two texts each, as in ``providers.errors``: ``public`` is a finished sentence for people, ``str(error)`` is for the log.
"""

from datetime import date


class CreditsError(Exception):
    public = "The credits could not be moved. Nothing was taken."


class NotEnoughCredits(CreditsError):
    """``balance`` and ``wanted`` are credits; the balance is the one that refused, read after the attempt."""

    def __init__(self, balance: int, wanted: int) -> None:
        super().__init__(f"{wanted} credits wanted of a balance of {balance}")
        self.balance = balance
        self.wanted = wanted

    @property
    def public(self) -> str:
        if self.balance == 0:
            return "You are out of credits."
        return f"Not enough credits: this needs {self.wanted}, you have {self.balance}."


class HdUsedUp(CreditsError):
    """``left`` images are left of the allowance; ``again`` is the day on which there are more."""

    def __init__(self, left: int, again: date) -> None:
        super().__init__(f"{left} HD images left until {again}")
        self.left = left
        self.again = again

    @property
    def public(self) -> str:
        until = f"{self.again.day} {self.again:%B}"
        if not self.left:
            return f"HD is used up until {until}."
        return f"Only {self.left} HD image{' is' if self.left == 1 else 's are'} left until {until}."


class RefundBeyondCapture(CreditsError):
    """``left`` is what can still be given back of the capture, in credits."""

    def __init__(self, left: int, wanted: int) -> None:
        super().__init__(f"{wanted} credits wanted back of the {left} that are left of a capture")
        self.left = left

    @property
    def public(self) -> str:
        if self.left == 0:
            return "Everything this frame cost has come back already."
        return f"Of what this frame cost, {self.left} {'credit' if self.left == 1 else 'credits'} can still come back."


class KeyAlreadyUsed(CreditsError):
    """A mistake of the caller, or a key taken from somebody else's form: the movement it names is not the one asked for."""

    def __init__(self, key: str) -> None:
        super().__init__(f"the key {key!r} names another movement")
