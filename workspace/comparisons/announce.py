"""Tell the open pages of a run what a web or media process has changed (a worker's loop does the same in ``worker.news``)."""

from collections.abc import Sequence

from workspace.comparisons import events, live, selectors
from workspace.comparisons.models import Comparison, Generation


def ended(*generations: Generation) -> None:
    """These frames have ended: show them, the sums, and one sentence each for screen readers."""
    _tell(generations, aloud=True)


def settled(generation: Generation) -> None:
    """This frame's picture is sound and paid for: its end has been said already, so only frame and sums are sent."""
    _tell([generation], aloud=False)


def changed(generation: Generation) -> None:
    """This frame looks different, and nothing else has changed."""
    _publish(generation.comparison, [events.of_frame(selectors.view(generation))])


def _tell(generations: Sequence[Generation], *, aloud: bool) -> None:
    comparison = generations[0].comparison
    views = selectors.ended(comparison, [generation.pk for generation in generations])
    said = [(events.LIVE, " ".join(view.announcement for view in views))] if aloud else []
    sums, money = selectors.sums(comparison)
    _publish(comparison, [*events.of_frames(views), *said, *events.of_run(sums, money)])


def _publish(comparison: Comparison, messages: list[tuple[str, str]]) -> None:
    live.publish(live.run_channel(comparison.pk), live.encode_all(messages))
