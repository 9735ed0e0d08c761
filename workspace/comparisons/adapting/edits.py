"""A person's own wordings, as the compose form carries them.

Every wording that is shown can be written over, so the form posts it back whole, with a digest of what was shown: what still has
that digest is no edit, and the server words that model itself. An edit belongs to the prompt it was made for. Under another one
it is laid aside, since whoever writes a new prompt means every model, and it counts again when they come back to the first.
"""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from django.http import QueryDict

from routing.types import Adaptation
from workspace.comparisons.adapting import seals

FIELDS = ("worded_model", "worded_text", "worded_shown", "worded_for", "worded_seal")
MOST = 60  # in one form: every model that can be chosen has one or two
MOST_CHARACTERS = 4_000  # of one wording; a prompt has half of that


@dataclass(frozen=True, slots=True)
class Edit:
    """One model's wording by the person; ``prompt`` is the digest of the prompt it was made for."""

    model: str
    text: str
    prompt: str


@dataclass(frozen=True, slots=True)
class Wordings:
    """What a form says of wordings. ``edits`` count for the prompt of the form, ``aside`` were made for others.

    ``thought``: a language model's by model id, shown on the form and untouched since; the seal tells them from made-up ones.
    """

    edits: tuple[Edit, ...] = ()
    aside: tuple[Edit, ...] = ()
    thought: Mapping[str, Adaptation] = field(default_factory=dict)

    @property
    def own(self) -> dict[str, str]:
        """The person's wordings by model id, as a brief takes them."""
        return {edit.model: edit.text for edit in self.edits}


def digest(text: str) -> str:
    """Tells texts apart; space around them does not count, since a form does not keep it either."""
    return hashlib.blake2s(text.strip().encode(), digest_size=8).hexdigest()


def read(data: QueryDict, prompt: str, user_id: int) -> Wordings:
    """The wordings of a form for this prompt.

    ``back`` in it names a model whose suggestion is wanted again, ``use`` one whose edit, made for another prompt, is to count.
    What is no whole row is left out: only a hand-made form holds it.
    """
    edits, thought = [], {}
    for model, text, shown, made_for, seal in _rows(data):
        if digest(text) != shown:
            edits.append(Edit(model, text, digest(prompt) if data.get("use") == model else made_for))
        elif found := seals.opened(seal, user_id=user_id, model=model, prompt=prompt, text=text):
            thought[model] = found
    return _sorted(edits, digest(prompt), back=data.get("back", ""), thought=thought)


def of_run(edits: Mapping[str, str], prompt: str) -> Wordings:
    """The wordings a run was started with, as a draft's."""
    return Wordings(tuple(Edit(model, text, digest(prompt)) for model, text in edits.items()))


def _rows(data: QueryDict) -> Iterator[tuple[str, str, str, str, str]]:
    columns = [data.getlist(name)[:MOST] for name in FIELDS]
    if len({len(column) for column in columns}) != 1:
        return
    for model, text, *rest in zip(*columns, strict=True):
        plain = text.replace("\r\n", "\n").replace("\x00", "").strip()[:MOST_CHARACTERS]
        if plain:  # a field that was emptied asks for the suggestion
            yield model, plain, *rest


def _sorted(edits: list[Edit], prompt: str, *, back: str, thought: Mapping[str, Adaptation]) -> Wordings:
    """One edit for each model and prompt, the last of them."""
    latest = {(edit.model, edit.prompt): edit for edit in edits}.values()
    mine = tuple(edit for edit in latest if edit.prompt == prompt and edit.model != back)
    aside = {edit.model: edit for edit in latest if edit.prompt != prompt}
    return Wordings(mine, tuple(aside.values()), thought)


def replaced(wordings: Wordings, thought: Mapping[str, Adaptation]) -> Wordings:
    """The same with these wordings of a language model."""
    return replace(wordings, thought={**wordings.thought, **thought})
