"""What can keep the product from starting; every message is one plain sentence for the person at the terminal."""


class CannotStart(Exception):
    """``up`` gives up before anything is served; ``str()`` of it is shown as it is."""
