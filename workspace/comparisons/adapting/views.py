"""Prompt thinking over HTTP: what a draft's models would be sent, and what a run's frames were asked."""

from collections.abc import AsyncGenerator, Mapping
from dataclasses import replace

from asgiref.sync import sync_to_async
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_POST

from providers.errors import ProviderError
from providers.thinking import Said
from routing.types import Plan
from workspace.accounts import services as accounts
from workspace.comparisons import compose, drafts, responses, selectors
from workspace.comparisons.adapting import edits, thinking
from workspace.comparisons.adapting.asked import asked
from workspace.comparisons.adapting.panel import Thought
from workspace.comparisons.adapting.thinking import Question
from workspace.comparisons.connections import given_back_at_once
from workspace.comparisons.drafts import Draft

type Answers = Mapping[Question, Said | ProviderError]


@require_GET
@login_required
def run_thinking(request: HttpRequest, number: int) -> HttpResponse:
    """What each frame was asked: for htmx the inside of the panel, else the run's page with the panel open."""
    comparison = selectors.comparison(request.user, number)
    if request.htmx:
        return render(request, "comparisons/thinking.html#asked", {"asked": asked(comparison)})
    return responses.run_page(request, comparison, asked(comparison))


@require_POST
@login_required
def prompt_thinking(request: HttpRequest) -> HttpResponseBase:
    """What each model of the draft would be sent: for htmx the panel, else the whole page with the panel open.

    ``back`` and ``use`` name a model whose wording the person has changed their mind about. With ``think`` a language model is
    asked; without, what it has said before is shown at once, and htmx comes back with ``think`` for the rest.
    """
    draft = replace(drafts.read(request.POST, request.user), thinking=True)
    accounts.choose_wording(request.user, draft.wording, was=request.POST.get("wording_was"))
    draft, plan = _planned(draft)
    questions = thinking.questions(draft, plan)
    known = thinking.remembered(questions)
    open_questions = [each for each in questions if each not in known]
    if not open_questions or "think" not in request.POST:
        return _answer(request, draft, plan, known, asking=bool(open_questions) and bool(request.htmx))
    if refused := thinking.too_often(request, open_questions):
        return _answer(request, draft, plan, {**known, **refused})
    return StreamingHttpResponse(_thinking_over(request, draft, plan, known, open_questions))


async def _thinking_over(
    request: HttpRequest, draft: Draft, plan: Plan, known: Answers, open_questions: list[Question]
) -> AsyncGenerator[bytes]:
    """The same answer some seconds later. As a stream it keeps none of the few places in which pages are made."""
    answers = {**known, **await thinking.ask(open_questions)}
    answer = await sync_to_async(given_back_at_once(_answer))(request, draft, plan, answers)
    yield answer.content


def _planned(draft: Draft) -> tuple[Draft, Plan]:
    """The draft as the form shows it, and the plan made of it."""
    draft = drafts.as_shown(draft)
    return draft, compose.plan(draft)


def _answer(request: HttpRequest, draft: Draft, plan: Plan, answers: Answers, *, asking: bool = False) -> HttpResponse:
    outcome = thinking.judged(answers, draft.prompt, plan)
    thinking.keep(answers, outcome)
    draft = replace(draft, wordings=edits.replaced(draft.wordings, outcome.thoughts))
    thought = Thought(thinking.offered(draft), asking, outcome.said)
    return responses.panel(request, draft, thought) if request.htmx else responses.page(request, draft, thought=thought)
