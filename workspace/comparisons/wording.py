"""The words under a picture that did not come: what happened, what it cost, what to do (ui.md 6.2)."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from providers.errors import ErrorKind
from routing import rests
from routing.types import Resting
from workspace.comparisons.skipping import Skipped, Why


class FrameError(StrEnum):
    """Reasons of our own beside the providers' ``ErrorKind``; both are stored in ``Generation.error``."""

    CANCELLED = "cancelled"
    WORKER_LOST = "worker_lost"
    NOT_CONFIGURED = "not_configured"
    OUT_OF_TIME = "out_of_time"
    TOO_COMPLEX = "too_complex"
    REFERENCE_GONE = "reference_gone"


@dataclass(frozen=True, slots=True)
class Notice:
    """A heading and a sentence shown in place of the picture; ``icon`` names a symbol of the sprite."""

    icon: str
    heading: str
    sentence: str


HEADINGS = {
    ErrorKind.BAD_KEY: ("The key for this provider does not work.", "An admin can correct it."),
    ErrorKind.NO_ACCESS: ("Our account may not use this model.", "It was not your prompt."),
    ErrorKind.OUT_OF_QUOTA: ("Our account at this provider has run out.", "It was not your prompt."),
    ErrorKind.RATE_LIMITED: ("Too many requests at this provider.", "It was busy each time we asked."),
    ErrorKind.MODEL_GONE: ("The provider has switched this model off.", "Choose another one."),
    ErrorKind.INVALID_REQUEST: ("The provider did not accept this request.", "Another shape or a shorter prompt may work."),
    ErrorKind.REFUSED: (
        "This model declined the prompt.",
        "Its content policy stopped the request. Other models were not affected.",
    ),
    ErrorKind.TIMED_OUT: ("No answer in time.", "The provider is slow right now."),
    ErrorKind.CONNECTION_FAILED: ("The provider could not be reached.", "It was not your prompt."),
    ErrorKind.PROVIDER_DOWN: ("The provider returned an error.", "It was not your prompt."),
    ErrorKind.PAUSED: ("This provider is paused.", "It is asked for no pictures for now. It was not your prompt."),
    ErrorKind.RESTING: ("This model is not answering right now.", "It was not asked. It is tried again by itself."),
    ErrorKind.BROKEN_ANSWER: ("The file arrived damaged.", "No usable picture was in the answer."),
    FrameError.WORKER_LOST: ("Our side stopped while this was drawing.", "We could not learn how it ended."),
    FrameError.NOT_CONFIGURED: ("This provider has no key.", "An admin can add one."),
    FrameError.OUT_OF_TIME: ("This took too long.", "We stopped waiting for the provider."),
    FrameError.REFERENCE_GONE: ("The reference is not there any more.", "Choose another and run it again."),
    FrameError.TOO_COMPLEX: ("This drawing is too complex to show.", "Turning it into pixels would take too long."),
}
ICONS = {"refused": "shield", "cancelled": "x"}


def credits(amount: int) -> str:
    return f"{amount} credit" if amount == 1 else f"{amount} credits"


def returned(amount: int) -> str:
    if amount == 0:
        return "Nothing was charged."
    return f"Your {credits(amount)} {'is' if amount == 1 else 'are'} back."


def drawing(*, cleaned: bool) -> str:
    """What kind of picture a drawing is, and what was done to it."""
    return "SVG · scripts removed" if cleaned else "SVG"


def seconds(value: float) -> str:
    return f"{value:.1f} s" if value < 60 else f"{value / 60:.0f} min"


def whole(seconds: float) -> int:
    """Seconds to come, as they are said: at least one."""
    return max(1, round(seconds))


def notice(state: str, error: str, *, back: int, ran_for: float | None, nobody: str = "") -> Notice:
    """What stands in a frame that failed, was refused or was stopped. ``back`` is in credits, ``ran_for`` in seconds.

    ``nobody`` is what ``nobody_answered`` said, where others were asked in vain.
    """
    if nobody:
        return Notice("warn", nobody, f"All {credits(back)} are back." if back > 1 else returned(back))
    if state == "cancelled":
        ran = f"It ran for {seconds(ran_for)} and did not finish." if ran_for else "It had not started."
        return Notice("x", "You stopped this one.", f"{ran} {returned(back)}")
    heading, sentence = HEADINGS.get(error, HEADINGS[ErrorKind.PROVIDER_DOWN])
    return Notice(ICONS.get(state, "warn"), heading, f"{sentence} {returned(back)}")


def not_run(skipped: Skipped, *, taken: int, cap: int | None) -> tuple[Notice, str]:
    """What stands in the place of a model that was left out, and on the button that runs it after all; all in credits."""
    run, total = f"Run it for {credits(skipped.credits)}", taken + skipped.credits
    if skipped.why == Why.NO_CREDITS:
        said = f"This model takes {credits(skipped.credits)}, more than you had left."
        return Notice("coin", "Not enough credits", said), run
    if cap is None or total <= cap:
        return Notice("coin", "Over your budget cap", f"It fits by now: with it the run takes {credits(total)}."), run
    said = f"Adding this model would make {credits(total)}. Your cap is {cap}."
    return Notice("coin", "Over your budget cap", said), f"Raise cap to {total}"


ORDINALS = ("First", "Second", "Third", "Fourth", "Fifth", "Sixth", "Seventh", "Eighth", "Ninth")


def in_line(place: int, provider: str, wait: float) -> str:
    """ "Second in line at Ideogram. Usually starts within 4 s."; ``wait`` in seconds."""
    ordinal = ORDINALS[place - 1] if place <= len(ORDINALS) else f"Number {place}"
    return f"{ordinal} in line at {provider}. Usually starts within {whole(wait)} s."


def nobody_answered(labels: Sequence[str]) -> str:
    """ "Neither Seedream 4.5 nor FLUX.2 Flash answered."; the model that was asked and one or more that stepped in."""
    *others, last = labels
    said = f"Neither {others[0]} nor {last}" if len(labels) == 2 else f"None of {', '.join(others)} and {last}"
    return f"{said} answered."[:300]


def trying_again(kind: str, after: float) -> str:
    why = HEADINGS.get(kind, HEADINGS[ErrorKind.PROVIDER_DOWN])[0]
    return f"{why} Trying again in {after:.0f} s, nothing charged yet."


def waiting_for(label: str, resting: Resting | None, seconds: float) -> str:
    """ "Ideogram 3 Turbo has not answered since 14:02. Trying it in 8 s, nothing charged yet."."""
    why = rests.clause(label, resting) if resting else f"{label} is not answering"
    return f"{why}. Trying it in {whole(seconds)} s, nothing charged yet."


def slower(usually: float, given_up: float | None, *, falls_back: bool) -> str:
    """ "Slower than usual, normally about 9 s. Falls back at 45 s."; in seconds, ``given_up`` where the frame's own tell it."""
    said = f"Slower than usual, normally about {whole(usually)} s."
    return said if given_up is None else f"{said} {'Falls back' if falls_back else 'Given up'} at {given_up:.0f} s."


def falling_back(label: str) -> str:
    return f"No picture yet. {label} is trying instead."


REASONS_TO_FALL_BACK = {
    ErrorKind.TIMED_OUT: "gave no answer in time",
    ErrorKind.RATE_LIMITED: "had too many requests",
    ErrorKind.MODEL_GONE: "was switched off by its provider",
    ErrorKind.PAUSED: "is paused",
    ErrorKind.RESTING: "is not answering right now",
    ErrorKind.BROKEN_ANSWER: "sent a damaged file",
    ErrorKind.CONNECTION_FAILED: "could not be reached",
}


def why_it_fell_back(kind: str, resting: Resting | None = None) -> str:
    """What completes "Ideogram 3 Turbo …"; ``resting`` when it was not even asked."""
    return rests.predicate(resting) if resting else REASONS_TO_FALL_BACK.get(kind, "returned an error")


def fell_back(asked: str, why: str, answered: str, *, held: int, cost: int) -> str:
    """The trail of a fallback: both models and both amounts (credits)."""
    if cost < held:
        return f"{asked} {why}. {credits(held - cost)} returned, {answered} stepped in for {cost}."
    return f"{asked} {why}. {answered} stepped in for the same {credits(cost)}."


def clause(error: str) -> str:
    """Why there is no picture, as the end of a line in the ledger: "no answer in time"."""
    heading = HEADINGS.get(error, HEADINGS[ErrorKind.PROVIDER_DOWN])[0].rstrip(".")
    return heading[0].lower() + heading[1:]


def announcement(position: int, label: str, state: str, *, ran_for: str, back: int) -> str:
    """One sentence for the live region when a frame ends."""
    if state in ("done", "fellback"):
        return f"Frame {position}, {label}, done in {ran_for}."
    outcome = {"refused": "was declined", "cancelled": "was stopped"}.get(state, "failed")
    return f"Frame {position}, {label}, {outcome}, {credits(back)} returned."
