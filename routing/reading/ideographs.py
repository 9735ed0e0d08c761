"""Lettering nobody quoted in Chinese and Japanese, where no spaces and no capitals show its ends."""

import re

from routing.reading.cues import IDEOGRAPH, Cue, phrases
from routing.reading.lettering import Span
from routing.reading.roles import Role

AFTER = re.compile(r"[:：是为]?\s?([^\s，。、；,.;:：\n的「」“”\"'《》（）()]{1,20})")
NAMED_LATER = re.compile("的(?:名称|名字|内容|标题)")  # "写着节目的名称" writes the name, not these words
BEFORE = re.compile(rf"(?:[A-Za-z0-9&!！'\- ]{{1,40}}|[{IDEOGRAPH}]{{1,12}})$")
PARTICLE = re.compile("[にはで、。がの]")
VAGUE = tuple(each for each in phrases(Role.VAGUE) if ord(each[0]) > 0x2E80)


def after(text: str, cue: Cue) -> Span | None:
    """What follows 写着 up to 的 or the end of the clause."""
    match = AFTER.match(text, cue.end)
    if match is None or match[1].startswith(VAGUE):
        return None
    possessed = text.startswith("的", match.end())
    if possessed and (text[cue.start] not in "写寫" or NAMED_LATER.match(text, match.end())):
        return None
    return match.span(1)


def before(text: str, cue: Cue) -> Span | None:
    """What stands before と書かれた, from the last particle on."""
    match = BEFORE.search(text, max(0, cue.start - 60), cue.start)
    if match is None:
        return None
    start = max((one.end() for one in PARTICLE.finditer(text, *match.span())), default=match.start())
    return (start, cue.start) if start < cue.start else None
