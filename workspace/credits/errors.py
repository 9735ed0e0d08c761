"""Everything that can go wrong with credits.

CreditsError
├── NotEnoughCredits     the balance does not cover what is wanted
├── RefundBeyondCapture  less is left of what was taken than is to be given back
└── KeyAlreadyUsed       the idempotency key belongs to another movement

Two texts each, as in ``providers.errors``: ``public`` is a finished sentence for people, ``str(error)`` is for the log.
"""


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
