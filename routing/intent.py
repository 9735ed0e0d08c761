"""What a prompt asks for, out of its words alone: the intent, the texts to be drawn, and the evidence for both."""

from collections import Counter
from collections.abc import Iterable

from routing import cues, quotes
from routing.types import Intent, Reading

# Of two intents as strong, the upper one wins: wrong lettering spoils more pictures than a wrong style.
PRECEDENCE = (Intent.TYPOGRAPHY, Intent.PHOTOREAL, Intent.ILLUSTRATION, Intent.FINAL, Intent.DRAFT)


def read(prompt: str) -> Reading:
    """Read a prompt in time linear in its length. Words inside a text to be drawn are no evidence for anything."""
    texts, unclosed = quotes.find(prompt)
    found = cues.find(quotes.outside(prompt, texts))
    intent = Intent.TYPOGRAPHY if texts else strongest(found)
    return Reading(intent, texts, _evidence(found, intent), unclosed)


def strongest(found: Iterable[cues.Cue]) -> Intent:
    """The intent with most evidence; a draft when there is none."""
    weights: Counter[Intent] = Counter()
    for cue in found:
        weights[cue.intent] += cue.weight
    return max(PRECEDENCE, key=lambda intent: weights[intent]) if weights else Intent.DRAFT


def _evidence(found: Iterable[cues.Cue], intent: Intent) -> tuple[str, ...]:
    """The words that speak for the intent, as written, each once."""
    return tuple({cue.text.lower(): cue.text for cue in reversed(tuple(found)) if cue.intent is intent}.values())[::-1]
