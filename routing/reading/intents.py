"""The intent: by what is to be lettered, then by what is said outright, then by the look."""

from collections.abc import Mapping, Sequence

from routing.reading.cues import Cast, Cue
from routing.reading.roles import Role
from routing.reading.types import Look
from routing.types import Intent

# What settles it, the upper one first: wrong lettering spoils more pictures than a wrong style.
SETTLED: Mapping[Intent, Role] = {Intent.TYPOGRAPHY: Role.TYPE, Intent.FINAL: Role.FINAL, Intent.DRAFT: Role.DRAFT}
BY_LOOK = {Look.PHOTO: Intent.PHOTOREAL, Look.ILLUSTRATION: Intent.ILLUSTRATION, Look.LOGO: Intent.TYPOGRAPHY}
# What is shown as evidence for an intent, plain words before hints.
EVIDENCE: Mapping[Intent, tuple[tuple[Role, ...], ...]] = {
    Intent.TYPOGRAPHY: ((Role.TYPE, Role.TYPE_HINT, Role.MARK), (Role.OPENS, Role.TITLES)),
    Intent.PHOTOREAL: ((Role.PHOTO,), (Role.PHOTO_HINT,)),
    Intent.ILLUSTRATION: ((Role.DRAWN,), (Role.DRAWN_HINT,)),
    Intent.FINAL: ((Role.FINAL,), (Role.FINAL_HINT,)),
    Intent.DRAFT: ((Role.DRAFT,),),
}


def intent(cast: Cast, look: Look, *, lettered: bool) -> Intent:
    """A draft when nothing speaks for anything else."""
    if lettered:
        return Intent.TYPOGRAPHY
    for settled, role in SETTLED.items():
        if cast.playing(role):
            return settled
    if look in BY_LOOK:
        return BY_LOOK[look]
    hints = {Intent.TYPOGRAPHY: Role.TYPE_HINT, Intent.FINAL: Role.FINAL_HINT}
    return next((hinted for hinted, role in hints.items() if cast.playing(role)), Intent.DRAFT)


def evidence(cast: Cast, wanted: Intent) -> Sequence[Cue]:
    """The cues that speak for an intent, in order."""
    for roles in EVIDENCE[wanted]:
        if spoken := cast.playing(*roles):
            return spoken
    return ()
