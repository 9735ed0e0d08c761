"""Wordings as the prompt-thinking panels show them: every kind of entry, made by hand."""

from routing.types import Adaptation, Author, Wording
from workspace.comparisons.adapting.asked import Asked
from workspace.comparisons.adapting.edits import Edit, digest
from workspace.comparisons.adapting.entries import Entry, entry
from workspace.comparisons.adapting.panel import Field, Panel, Thought

PROMPT = "Neon sign reading “CyberCafe” over a narrow café front at blue hour, rain on the pavement, warm light inside"
UNBROKEN = "W" * 120
RULES = ("It answers sentences with light and lens best.", "Photographs are named first.")
LATE = Thought(offered=True, said="The language model gave no answer in time, so these are the rules' wordings.")


def worded(label: str, prompt: str = PROMPT, author: Author = Author.RULES, **facts: object) -> Entry:
    negative = str(facts.pop("negative", ""))
    reasons = facts.pop("reasons", RULES if prompt != PROMPT else ("Sent as written.",))
    return entry(label, PROMPT, Adaptation(prompt, negative, reasons, author), ["CyberCafe"], **facts)


ENTRIES = (
    worded("Ideogram 3 Turbo", f"Storefront signage photograph. {PROMPT}"),
    worded("SDXL on AUTOMATIC1111", f"{PROMPT}, photograph", negative="blurry, cropped, watermark"),
    worded("FLUX.2 Pro", PROMPT.replace(", warm light inside", ", seen from below"), Author.PERSON, reasons=("Yours.",)),
    worded(
        "GPT Image 1.5",
        f"{PROMPT}, carefully composed",
        Author.LANGUAGE_MODEL,
        reasons=("It names the composition.", "Simulated."),
    ),
    worded("Imagen 4 Fast"),
    worded("Stable Diffusion XL Base 1.0, self-hosted on the third machine from the left", f"{PROMPT} {UNBROKEN}"),
)


def field(model: Entry, *, aside: str = "") -> Field:
    """``aside`` is the person's wording for another prompt."""
    name = f"sample/{model.label.lower().replace(' ', '-')}"
    laid = Edit(name, aside, digest("another")) if aside else None
    own = model.adaptation.author is Author.PERSON and bool(model.stretches)
    return Field(name, model, digest(PROMPT if own else model.adaptation.prompt), digest(PROMPT), "", own=own, aside=laid)


def panel(thought: Thought = Thought(), *entries: Entry) -> Panel:  # noqa: B008 - frozen
    fields = [field(each) for each in entries or ENTRIES]
    fields[1:2] = [field(ENTRIES[1], aside="A lighthouse at noon, as a woodcut")] if not entries else []
    return Panel(Wording.ADAPTED, tuple(fields), (), thought)


def asked() -> Asked:
    named = [
        worded(each.label, each.adaptation.prompt, each.adaptation.author, name=f"148-{at}") for at, each in enumerate(ENTRIES, 1)
    ]
    rewritten = worded("Ideogram 2a Turbo", name="148-7", rewritten=f"A cinematic photograph of a {PROMPT.lower()}")
    return Asked(148, (*named, rewritten))
