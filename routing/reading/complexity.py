"""How much there is to get right: subjects, light, material and composition, counted."""

import re

from routing.reading import cues
from routing.reading.cues import IDEOGRAPHS, Cast
from routing.reading.roles import Role
from routing.reading.types import Complexity

SUBJECTS = cues.phrases(Role.SUBJECT)
COUNTERS = re.compile("|".join(re.escape(phrase) for phrase in SUBJECTS if IDEOGRAPHS.search(phrase)))
DETAILS = (Role.LIGHT, Role.MATERIAL, Role.COMPOSITION)


def complexity(text: str, cast: Cast) -> Complexity:
    """Subjects are counted each time, words for light, material and composition once."""
    words = [{text[cue.start : cue.end].lower() for cue in cast.playing(role)} for role in DETAILS]
    subjects = sum(word in SUBJECTS for word in text.lower().split())
    subjects += len(COUNTERS.findall(text)) if IDEOGRAPHS.search(text) else 0
    return Complexity(subjects, *map(len, words))
