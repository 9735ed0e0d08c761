"""What an admin is told when a correction is refused; ``public`` is a finished sentence. ``credits`` has errors of its own."""


class LedgerError(Exception):
    public = "That could not be done. Nothing was changed."


class NotByOneself(LedgerError):
    public = "Nobody adjusts their own credits, or decides what they proposed. Ask another admin."


class HdNotCounted(LedgerError):
    public = "The HD images of this person are not limited, so there is nothing to change."


class TooFewHd(LedgerError):
    """``left`` images can still be taken."""

    def __init__(self, left: int) -> None:
        super().__init__(f"only {left} HD images to take")
        self.public = f"There {'is' if left == 1 else 'are'} only {left} HD image{'' if left == 1 else 's'} to take."


class DecidedAlready(LedgerError):
    public = "Another admin has decided this already."


class NothingToRefund(LedgerError):
    public = "This frame was not charged, so there is nothing to give back."


class UnknownFrame(LedgerError):
    public = "This person has no frame of that name."
