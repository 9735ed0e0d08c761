"""A language model rewords a draft for its models, under the contract of the rules and with six seconds in all.

One question for each distinct pair of messages, which is one a family: side by side they take as long as the slowest, and one
that fails leaves the others. A single question for all would be one point of failure and the longest answer to wait for.
"""

import asyncio
import hashlib
import logging
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace

from allauth.core import ratelimit
from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest
from redis.exceptions import RedisError

from providers import thinking
from providers.errors import ErrorKind, ProviderError, Resting, TimedOut
from providers.thinking import Said, Thinker
from providers.transport import Transport
from providers.types import ModelSpec
from routing import prompting, wording
from routing.types import Adaptation, Plan, Route, Wording
from workspace.comparisons.drafts import Draft

logger = logging.getLogger(__name__)
KEPT_SECONDS = 3600  # an answer, for the same question
SIMULATED = "Simulated."

BROKE_OFF = "The language model's answer could not be used"
WHY = {
    ErrorKind.TIMED_OUT: "The language model gave no answer in time",
    ErrorKind.CONNECTION_FAILED: "The language model could not be reached",
    ErrorKind.PROVIDER_DOWN: "The language model is down",
    ErrorKind.RATE_LIMITED: "The language model is busy",
    ErrorKind.RESTING: "You have asked the language model very often just now",
    ErrorKind.REFUSED: "The language model declined",
    ErrorKind.BAD_KEY: "The key for the language model does not work",
}


@dataclass(frozen=True, slots=True, eq=False)
class Question:
    """The messages, and the models of the plan whose wording the answer is meant for."""

    system: str
    user: str
    models: tuple[ModelSpec, ...]


@dataclass(frozen=True, slots=True)
class Outcome:
    """Wordings by model id that keep the contract; ``said`` tells in one line which models keep the rules', and why."""

    thoughts: Mapping[str, Adaptation]
    said: str = ""


def thinker() -> Thinker | None:
    """The language model of the settings, if one is named."""
    if not (settings.THINKING_BASE_URL and settings.THINKING_MODEL):
        return None
    return Thinker(settings.THINKING_BASE_URL, settings.THINKING_MODEL, settings.THINKING_API_KEY)


def offered(draft: Draft) -> bool:
    """Whether it can be asked about this draft."""
    return thinker() is not None and draft.wording is Wording.ADAPTED


def questions(draft: Draft, plan: Plan) -> list[Question]:
    """What there is to ask about a draft: nothing of models whose words the person has chosen."""
    if not offered(draft) or not draft.prompt.strip():
        return []
    asked: dict[tuple[str, str], list[ModelSpec]] = {}
    for route in plan.routes:
        if route.model.id not in draft.wordings.own:
            asked.setdefault(prompting.instructions(draft.prompt, plan.reading, route.model), []).append(route.model)
    return [Question(system, user, tuple(models)) for (system, user), models in asked.items()]


def remembered(asked: Iterable[Question]) -> dict[Question, Said]:
    """The answers that are known already."""
    keys = {_key(question): question for question in asked}
    with suppress(RedisError):
        return {keys[key]: Said(*said) for key, said in cache.get_many(keys).items()} if keys else {}
    return {}


def too_often(request: HttpRequest, asked: Iterable[Question]) -> dict[Question, ProviderError]:
    """Empty while this person may ask; else the answer to all of it. Every question costs whoever runs this, and no credits."""
    with suppress(RedisError):
        if not ratelimit.consume(request, action="prompt_thinking"):
            return dict.fromkeys(asked, Resting("asked too often"))
    return {}


async def ask(asked: Iterable[Question]) -> dict[Question, Said | ProviderError]:
    """Ask them all at once; what has not been answered after six seconds has timed out."""
    async with Transport(thinking.LIMITS) as transport:
        calls = {question: asyncio.create_task(_ask(question, transport)) for question in asked}
        try:
            _, late = await asyncio.wait(calls.values(), timeout=thinking.SECONDS) if calls else (set(), set())
        finally:
            for call in calls.values():
                call.cancel()
        await asyncio.gather(*late, return_exceptions=True)
        return {question: TimedOut() if call in late else call.result() for question, call in calls.items()}


async def _ask(question: Question, transport: Transport) -> Said | ProviderError:
    try:
        return await thinking.ask(thinker(), question.system, question.user, transport)
    except ProviderError as error:
        logger.warning("the language model was no help: %s", error)
        return error


def keep(answers: Mapping[Question, Said | ProviderError], outcome: Outcome) -> None:
    """Remember what was of use, for whoever asks the same; what was of none may be better the next time."""
    found = {
        _key(question): (said.text, said.simulated)
        for question, said in answers.items()
        if isinstance(said, Said) and all(model.id in outcome.thoughts for model in question.models)
    }
    with suppress(RedisError):
        if found:
            cache.set_many(found, KEPT_SECONDS)


def judged(answers: Mapping[Question, Said | ProviderError], prompt: str, plan: Plan) -> Outcome:
    """What of the answers may be used: for each model by itself, since their limits differ."""
    thoughts: dict[str, Adaptation] = {}
    failed: dict[str, list[str]] = {}
    for question, said in answers.items():
        for model in question.models:
            found = None if isinstance(said, ProviderError) else _thought(said, prompt, plan, model)
            if found:
                thoughts[model.id] = found
            else:
                failed.setdefault(_why(said), []).append(model.label)
    return Outcome(thoughts, _said(failed, all_of_them=not thoughts))


def _thought(said: Said, prompt: str, plan: Plan, model: ModelSpec) -> Adaptation | None:
    found = prompting.thought(said.text, prompt, plan.reading, model)
    if found is None or not said.simulated:
        return found
    return Adaptation(found.prompt, found.negative_prompt, (*found.reasons, SIMULATED), found.author)


def _why(said: Said | ProviderError) -> str:
    return WHY.get(said.kind, BROKE_OFF) if isinstance(said, ProviderError) else BROKE_OFF


def _said(failed: Mapping[str, list[str]], *, all_of_them: bool) -> str:
    """ "The language model gave no answer in time, so these are the rules' wordings."."""
    if all_of_them:
        return " ".join(f"{why}, so these are the rules' wordings." for why in list(failed)[:1])
    return " ".join(
        f"{why}, so {wording.listed(labels)} {'keeps' if len(labels) == 1 else 'keep'} the rules' wording."
        for why, labels in failed.items()
    )


def _key(question: Question) -> str:
    """By the prompt and the family, and by whom the answer is from."""
    parts = (settings.THINKING_BASE_URL, settings.THINKING_MODEL, question.system, question.user)
    return f"thought:{hashlib.blake2s(repr(parts).encode()).hexdigest()}"


def applied(plan: Plan, draft: Draft) -> Plan:
    """The plan in the language model's wordings that the form has shown, each held to the contract once more."""
    thoughts = draft.wordings.thought if draft.wording is Wording.ADAPTED else {}
    return replace(plan, routes=tuple(_reworded(route, plan, draft, thoughts) for route in plan.routes)) if thoughts else plan


def _reworded(route: Route, plan: Plan, draft: Draft, thoughts: Mapping[str, Adaptation]) -> Route:
    found = None if route.model.id in draft.wordings.own else thoughts.get(route.model.id)
    if found is None or prompting.breaches(draft.prompt, found, plan.reading, route.model):
        return route
    return replace(route, adaptation=found)
