"""What stands around a quoted passage and speaks for or against its being lettering."""

import re
from bisect import bisect_left
from collections.abc import Mapping
from typing import NamedTuple

from routing.reading import marks
from routing.reading.cues import Cast, Cue
from routing.reading.patterns import BARE, SENTENCE_END, after_picture
from routing.reading.roles import Role

# Role -> weight, and how many characters away it still speaks. Of several, the nearest counts.
type Table = Mapping[Role, tuple[float, int]]
BEFORE: Table = {
    Role.OPENS: (4.5, 60),
    Role.SAYS: (3.5, 60),
    Role.HOLDS: (3, 60),
    Role.TITLES: (3.5, 60),
    Role.BEARS: (2.5, 60),
    Role.NAMES: (1.5, 8),
    Role.PLACES: (2.0, 3),
    Role.WORKS: (-5, 30),
    Role.SPEAKS: (-2.5, 30),
}
AFTER: Table = {
    Role.WRITTEN: (3, 40),
    Role.BEARS: (2.5, 12),
    Role.MANNER: (-4, 3),
}
IN_KEY: Table = {Role.TITLES: (3.5, 0), Role.OPENS: (3.5, 0)}
BEARING = frozenset({Role.BEARS, Role.NAMES, Role.TITLES, Role.OPENS, Role.SAYS})
OF, OF_IT = (" of ", " about "), -1.5  # "a chart of “X”" is about it, whatever else it shows
IN_BUBBLE = 3.0  # what speech weighs where a bubble or a caption holds it
NAMED = frozenset({"called", "named", "by the name of"})
ENTITLED = frozenset({"titled", "entitled"}) | NAMED
NAME_ALONE, TITLE_OF_PICTURE = -1.5, -3.0  # a name nobody is said to letter
ASIDE = re.compile(r"\b(?:that|which)\s(?:\w+\s)?$")  # "a sign which clearly said": the sign says it, nobody else
SENTENCE_ENDS = "。！？!?"
PARTED = re.compile(f"{SENTENCE_END.pattern}|{marks.OPENING.pattern}")  # an end of something between two places
NEAR_UNSPACED = 10  # characters without spaces in which a work is named: 灵感来自……的“…”
REACH_BEFORE, REACH_AFTER, SPEAKER, BEARER, NAMED_THING = 80, 40, 24, 48, 60  # characters


class Voice(NamedTuple):
    """How much is said for lettering, and by what; below 0 it is said against."""

    weight: float
    cue: Cue | None = None
    role: Role | None = None

    @property
    def loudness(self) -> tuple[float, float]:
        return abs(self.weight), self.weight


SILENCE = Voice(0.0)


class Voices:
    """The cues of one prompt, asked from the places of its passages."""

    def __init__(self, text: str, cast: Cast) -> None:
        self.text = text
        self.before, self.after = cast.playing(*BEFORE), cast.playing(*AFTER)
        self.before_starts = [cue.start for cue in self.before]
        self.after_starts = [cue.start for cue in self.after]
        self.bubbles = bool(cast.playing(Role.BUBBLES))

    def around(self, start: int, end: int) -> Voice:
        """The louder of what stands before and after; what is said of a manner after it outdoes all but a plain announcement."""
        before, after = self._heard_before(start), self._heard_after(end)
        if before.cue and before.role in (Role.SAYS, Role.BEARS) and self.text.endswith(OF, before.cue.end + 1, start):
            before = before._replace(weight=OF_IT)
        if after.weight < 0 and before.role is not Role.OPENS:
            return after
        return max(before, after, key=_loudness)

    def inside(self, start: int, end: int) -> Voice:
        """What the cues of a field's key say of its value."""
        first, last = bisect_left(self.before_starts, start), bisect_left(self.before_starts, end)
        return max((_voice(cue, IN_KEY, 0) for cue in self.before[first:last]), key=_loudness, default=SILENCE)

    def borne(self, start: int, end: int) -> bool:
        """Whether a stretch names a thing that bears words."""
        first, last = bisect_left(self.before_starts, start), bisect_left(self.before_starts, end)
        return any(Role.BEARS in cue.roles for cue in self.before[first:last])

    def _heard_before(self, start: int) -> Voice:
        for number in range(bisect_left(self.before_starts, start) - 1, -1, -1):
            cue = self.before[number]
            if start - cue.start > REACH_BEFORE:
                break
            voice = _voice(cue, BEFORE, start - cue.end)
            if voice.role is Role.WORKS and self._elsewhere(cue, start):
                continue
            if voice.role is not None and self._near(cue.end, start):
                if (against := self._against(number)) is not None:
                    return voice._replace(weight=against)
                lettered = voice.role is Role.SPEAKS and (self.bubbles or self._said_by_lettering(number))
                return voice._replace(weight=IN_BUBBLE) if lettered else voice
        return SILENCE

    def _against(self, number: int) -> float | None:
        """What a name or a title weighs that nothing bears: "a dog named “Bolt”", "an oil painting titled “Dusk”"."""
        cue = self.before[number]
        said = self.text[cue.start : cue.end].lower()
        if said in ENTITLED and after_picture(self.text, cue.start):
            return TITLE_OF_PICTURE
        return NAME_ALONE if said in NAMED and not self._borne(number) else None

    def _borne(self, number: int) -> bool:
        """ "a café named", "a poster for a band called": in the same sentence something bears the name, or does business."""
        at = self.before[number].start
        return any(
            at - one.start < NAMED_THING and not SENTENCE_END.search(self.text, one.end, at)
            for one in self.before[max(0, number - 3) : number]
            if not BEARING.isdisjoint(one.roles)
        )

    def _elsewhere(self, cue: Cue, start: int) -> bool:
        """A work is named close by where nothing is spaced, and not after a colon: "introduces the topic: “…”"."""
        if ord(self.text[cue.start]) > 0x2E80:
            return start - cue.end > NEAR_UNSPACED
        return start - cue.end > 2 and self.text[start - 2 : start].strip() == ":"

    def _said_by_lettering(self, number: int) -> bool:
        """ "a tagline shouts", "a sign which said", not "a man shouts"."""
        if number == 0:
            return False
        speaker, verb = self.before[number - 1], self.before[number]
        if Role.BEARS in speaker.roles and ASIDE.search(self.text, speaker.end, verb.start):
            return verb.start - speaker.end < BEARER
        return Role.TITLES in speaker.roles and verb.start - speaker.end < SPEAKER

    def _heard_after(self, end: int) -> Voice:
        for number in range(bisect_left(self.after_starts, end), len(self.after)):
            cue = self.after[number]
            if cue.start - end > REACH_AFTER:
                break
            voice = _voice(cue, AFTER, cue.start - end)
            if voice.role is not None and not PARTED.search(self.text, end, cue.start):
                return SILENCE if voice.role is Role.MANNER and self._loose(end, cue) else voice
        return SILENCE

    def _loose(self, end: int, cue: Cue) -> bool:
        """ "Style:" heads the next thing, and so does what follows a comma or a sentence.

        Without spaces only 的 or の ties a manner to what it is one of: 「夏」の雰囲気.
        """
        if self.text.startswith(":", cue.end) or "," in self.text[end : cue.start] or self.text[end - 2] in SENTENCE_ENDS:
            return True
        return end < cue.start and ord(self.text[cue.start]) > 0x2E80 and self.text[end] not in "的の"

    def _near(self, start: int, end: int) -> bool:
        """Nothing ends between the two; a line may, if nothing else stands there."""
        if end - start < 2 or BARE.fullmatch(self.text, start, end):
            return True
        return not PARTED.search(self.text, start, end)


def _voice(cue: Cue, table: Table, distance: int) -> Voice:
    """The strongest thing a cue says from that distance; for lettering rather than against it."""
    best = SILENCE
    for role in cue.roles:
        weight, reach = table.get(role, (0.0, -1))
        if distance <= reach and (best.role is None or weight > best.weight):
            best = Voice(weight, cue, role)
    return best


def _loudness(voice: Voice) -> tuple[float, float]:
    return voice.loudness
