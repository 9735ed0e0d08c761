"""What an admin is told when a correction is refused; ``public`` is a finished sentence. ``credits`` has errors of its own."""


class LedgerError(Exception):
    public = "That could not be done. Nothing was changed."


class NotByOneself(LedgerError):
    public = "Nobody adjusts their own credits, or decides what they proposed. Ask another admin."


class DecidedAlready(LedgerError):
    public = "Another admin has decided this already."


class NothingToRefund(LedgerError):
    public = "This frame was not charged, so there is nothing to give back."


class UnknownFrame(LedgerError):
    public = "This person has no frame of that name."
