"""Ideogram's jobs: ``POST /v2/svg/generate/<model>`` takes the work, ``GET /v2/generations/<id>`` says how it is doing.

Shapes from the v2 reference pages and public client code of November 2026. Unverified and read tolerantly: the spelling of an
aspect ratio (as in v1), the field for a seed, and the words of ``failure_reason``. Failed generations are not billed.
"""

import re
from collections.abc import Mapping, Sequence
from contextlib import aclosing

from providers import answers, polling, reading
from providers.adapters import ideogram_answers
from providers.adapters.ideogram_answers import Made
from providers.answers import Answer
from providers.errors import BrokenAnswer, ProviderDown, ProviderError, Refused, TimedOut
from providers.transport import Transport
from providers.types import Access, Reference

_JOB = re.compile(r"[\w-]{1,200}", re.ASCII)  # it becomes part of an address to which the key is sent
_REFUSAL = re.compile(r"policy|safety|unsafe|moderat|prohibited|copyright", re.IGNORECASE)


async def submit(
    path: str, fields: Mapping[str, str], files: Sequence[tuple[str, Reference]], access: Access, transport: Transport
) -> str:
    """The id of the job that was begun. Raises the error tree."""
    async with transport.post_form(
        access.base_url + path, fields, files=files, headers={"Api-Key": access.api_key}, secret=access.api_key
    ) as reply:
        answer = answers.whole(reply, ideogram_answers.failure)
        job = answer.json().get("generation_id")
    if not isinstance(job, str) or not _JOB.fullmatch(job):
        raise BrokenAnswer(f"no job to follow: {answer.excerpt()}", request_id=answer.request_id)
    return job


async def done(job: str, access: Access, transport: Transport) -> Made:
    """Look until the job is done. Raises the error tree for one that never will be."""
    if not _JOB.fullmatch(job):
        raise BrokenAnswer("the job that was kept has no id to ask for")
    url = f"{access.base_url}/v2/generations/{job}"
    looks = polling.answers(transport, url, headers={"Api-Key": access.api_key}, secret=access.api_key)
    async with aclosing(looks):
        async for answer in looks:
            state = polling.state(answer)
            if state is not None and state.get("status") == "failed":
                raise _failed(answer, reading.text(state.get("failure_reason"), 200) or "", job)
            if state is not None and state.get("status") == "completed":
                return ideogram_answers.made(answer)
    raise TimedOut("the job was never done")


def _failed(answer: Answer, reason: str, job: str) -> ProviderError:
    kind = Refused if _REFUSAL.search(reason) else ProviderDown
    return kind(f"the job failed: {answer.excerpt()}", request_id=job)
