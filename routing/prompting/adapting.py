"""A prompt worded for one model by the rules of its family."""

from providers.types import ModelSpec
from routing.prompting import draft as drafts
from routing.prompting import families
from routing.prompting.draft import Matter
from routing.types import Adaptation, Author, Intent, Reading

STRUCTURED = ("{", "[", "<")  # a prompt in JSON or the like has its own grammar


def by_rules(prompt: str, model: ModelSpec, reading: Reading, intent: Intent) -> Adaptation | None:
    """The prompt as the rules word it, or None: where they have nothing to say, may not touch it, or would make it too long."""
    family = families.of(model.family)
    if not family.rules or reading.unclosed_quote is not None or prompt.lstrip().startswith(STRUCTURED):
        return None
    try:
        draft = drafts.begin(prompt, reading)
    except ValueError:
        return None
    matter = Matter(draft.body, reading, intent, model.capabilities)
    reasons = []
    for rule in family.rules:
        before, draft = draft, rule.apply(matter, draft)
        if draft is not before and draft != before:
            reasons.append(rule.reason)
    if not reasons:
        return None
    worded = drafts.finished(draft, family.voice)
    longest = model.capabilities.max_prompt_characters
    if max(len(worded), len(negative := ", ".join(draft.negative))) > longest:
        return None
    return Adaptation(worded, negative, tuple(reasons), Author.RULES)
