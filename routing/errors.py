"""What routing refuses to do. (A model id nobody knows is ``providers.catalogue.UnknownModel``, here as everywhere.)

RoutingError
├── PromptTooLong        the prompt is longer than this model takes, and a prompt is never cut silently
└── UnreadableBrief      what another program gave makes no brief

``public`` is a text for people; ``str(error)`` is for the log.
"""


class RoutingError(Exception):
    """Base of the tree."""

    public = "Auto could not read this one. Pick models yourself, or run Draft."


class PromptTooLong(RoutingError):
    """``limit`` and ``length`` count characters. ``public`` completes "Ideogram 3 Turbo, …"."""

    def __init__(self, *, limit: int, length: int) -> None:
        self.limit = limit
        self.length = length
        self.public = f"takes at most {limit:,} characters and this prompt has {length:,}"
        super().__init__(self.public)


class UnreadableBrief(RoutingError):
    """Values that make no brief. ``public`` says in a sentence what is wrong with which."""

    def __init__(self, public: str) -> None:
        self.public = public
        super().__init__(public)
