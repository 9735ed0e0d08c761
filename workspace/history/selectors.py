"""A person's runs, newest first, page by page, at the same speed at any depth."""

import base64
import binascii
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby

from django.contrib.postgres.search import SearchQuery
from django.db.models import F, Prefetch, QuerySet
from django.db.models.fields.tuple_lookups import TupleLessThan
from django.utils import timezone

from workspace.accounts.models import User
from workspace.comparisons import frames, selectors, sheets
from workspace.comparisons.models import Comparison, Generation

PAGE = 20  # runs


@dataclass(frozen=True, slots=True)
class Run:
    """One run in the history: its number, its prompt and its frames."""

    number: int
    prompt: str
    created: datetime
    frames: tuple[frames.FrameView, ...]


@dataclass(frozen=True, slots=True)
class Day:
    """The runs of one day, newest first; ``credits`` is what they were charged."""

    date: date
    runs: tuple[Run, ...]
    credits: int


@dataclass(frozen=True, slots=True)
class Page:
    """Some days, and the cursor to the older ones ("" when there are none)."""

    days: tuple[Day, ...]
    older: str


def page(user: User, *, words: str = "", before: str = "") -> Page:
    """Runs before the cursor whose prompt has all the words (or their beginnings). A cursor we did not make is the start."""
    found = selectors.comparisons_of(user).order_by("-created", "-pk")
    if query := _search(words):
        found = found.filter(search=query)
    if position := _read_cursor(before):
        found = found.filter(TupleLessThan((F("created"), F("pk")), position))
    rows = list(_with_frames(found)[: PAGE + 1])
    return Page(tuple(_days(rows[:PAGE])), _cursor(rows[PAGE - 1]) if len(rows) > PAGE else "")


def _with_frames(found: QuerySet[Comparison]) -> QuerySet[Comparison]:
    generations = Generation.objects.select_related("image").order_by("position")
    return found.prefetch_related(Prefetch("generations", generations))


def _days(comparisons: Iterable[Comparison]) -> Iterable[Day]:
    for day, rows in groupby(comparisons, lambda comparison: timezone.localdate(comparison.created)):
        runs = tuple(_run(comparison) for comparison in rows)
        yield Day(day, runs, sum(frame.cost or 0 for run in runs for frame in run.frames))


def _run(comparison: Comparison) -> Run:
    pairs = [(generation, generation.image) for generation in comparison.generations.all()]
    return Run(comparison.number, comparison.prompt, comparison.created, sheets.sheet(comparison, pairs).frames)


def _search(words: str) -> SearchQuery | None:
    """Every word must occur; each may be the beginning of a longer one. No word can be read as a search operator."""
    parts = ["".join(letter for letter in word if letter.isalnum()) for word in words.replace("\x00", "").split()]
    parts = [part for part in parts if part][:12]
    if not parts:
        return None
    return SearchQuery(" & ".join(f"{part}:*" for part in parts), config="simple", search_type="raw")


def _cursor(comparison: Comparison) -> str:
    position = json.dumps([comparison.created.isoformat(), comparison.pk])
    return base64.urlsafe_b64encode(position.encode()).decode()


def _read_cursor(cursor: str) -> tuple[datetime, int] | None:
    try:
        created, pk = json.loads(base64.urlsafe_b64decode(cursor))
        return datetime.fromisoformat(created), int(pk)
    except (ValueError, TypeError, binascii.Error):
        return None
