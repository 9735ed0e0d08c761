"""Addresses that show the product's templates with the presenters of ``states``, beside every real address they link to."""

import io
from datetime import datetime, timedelta
from functools import cache
from itertools import zip_longest

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template import RequestContext, Template
from django.urls import path
from django.utils import timezone
from PIL import Image, ImageDraw

from tests.browser import states, swaps, wordings
from workspace.history.selectors import Day, Run
from workspace.urls import urlpatterns as real

COMPARE = "comparisons/compare.html"
EXAMPLES = ("Shop sign reading “OPEN LATE”, rain, 35 mm", "Amber bottle on a plinth, soft north light")


@cache
def stand_in(name: str, width: int, height: int) -> bytes:
    """A picture that differs by name, as PNG bytes."""
    hue = sum(map(ord, name)) * 37 % 360
    picture = Image.new("HSV", (width, height), (hue * 255 // 360, 120, 90)).convert("RGB")
    draw = ImageDraw.Draw(picture)
    for ring in range(6, 0, -1):
        edge = min(width, height) * ring / 14
        draw.ellipse(
            (width / 2 - edge, height / 2 - edge, width / 2 + edge, height / 2 + edge),
            (240 - 30 * ring, 60 + 20 * ring, hue % 200),
        )
    out = io.BytesIO()
    picture.save(out, "PNG")
    return out.getvalue()


def picture(_: HttpRequest, name: str, width: int, height: int) -> HttpResponse:
    return HttpResponse(stand_in(name, width, height), content_type="image/png")


def compare(request: HttpRequest, name: str) -> HttpResponse:
    """The Compare screen in one of its states."""
    context = {"balance": 212, "held": 5, "examples": EXAMPLES, "sheet": None}
    return render(request, COMPARE, context | {"rail": states.rail()} | pages().get(name, {}))


def thinking(*thought: wordings.Thought) -> states.Rail:
    """The form with the panel of wordings open."""
    return states.rail(panel=wordings.panel(*thought), thinking=True, worded="1 worded by you")


def pages() -> dict[str, dict[str, object]]:
    return {
        "usual": {"sheet": states.sheet(states.usual_frames(), live=True)},
        "every_frame": {"sheet": states.sheet(states.every_frame(), live=True), "balance": 1_234_567, "held": 12_345},
        "reference": {"sheet": states.sheet([states.frame(1)]), "rail": states.rail(picking=states.SET)},
        "not_run": {"sheet": swaps.sheet_with_left_out()},
        "failing": {"sheet": swaps.sheet()},
        "swap": {"sheet": swaps.sheet(), "offers": swaps.offers()},
        "finished": {"sheet": states.sheet(states.usual_frames()[:4])},
        "one": {"sheet": states.sheet([states.frame(1)])},
        "thinking": {"rail": thinking(), "sheet": states.sheet(states.usual_frames()[:4]), "asked": wordings.asked()},
        "thought": {"rail": thinking(wordings.LATE)},
        "empty": {"rail": states.rail("no_signal", "no_prompt", prompt=""), "simulated_everywhere": True},
        "why": {"rail": states.rail(why=states.WHY, opened=True, underlines="0,9,cue 18,29,text")},
        "many_models": {"rail": states.rail(chips=states.MANY_CHIPS)},
        "errors": {"rail": states.mistakes()},
    }


PARTS = """{% extends "base.html" %}{% load static %}
{% block styles %}<link rel="stylesheet" href="{% static 'css/rail.css' %}">{% endblock %}
{% block content %}<main class="page" id="main"><h1>Parts</h1>
{% for rail in rails %}<div class="group" style="overflow: auto">
  {% include "comparisons/compare.html#route" %}{% include "comparisons/compare.html#cost" %}
</div>{% endfor %}
{% for banner in banners %}{% include "comparisons/compare.html#banner" %}{% endfor %}</main>{% endblock %}"""


def parts(request: HttpRequest) -> HttpResponse:
    """Every routing slip, run bar and banner, one under the other."""
    pairs = zip_longest(states.SLIPS, states.BARS, fillvalue="ready")
    rails = [states.rail(slip, bar) for slip, bar in pairs]
    banners = [
        {"kind": kind, "heading": "Live updates paused.", "sentence": states.CHARGED} for kind in ("warn", "bad", "ok", "")
    ]
    context = {"rails": rails, "banners": banners, "balance": 8, "held": 0}
    return HttpResponse(Template(PARTS).render(RequestContext(request, context)))


def history(request: HttpRequest, name: str) -> HttpResponse:
    context = {"balance": 212, "held": 0, "days": (), "older": "", "query": "", "first": True}
    return render(request, "history/history.html", context | histories()[name])


def histories() -> dict[str, dict[str, object]]:
    now = timezone.localtime()
    return {
        "two_days": {"days": (_day(now, 148, 147), _day(now - timedelta(days=1), 146)), "older": "146"},
        "empty": {},
        "no_match": {"query": "cybercaffe"},
    }


def _day(when: datetime, *numbers: int) -> Day:
    runs = tuple(Run(number, states.PROMPT, when, tuple(_frames(number))) for number in numbers)
    return Day(when.date(), runs, 21)


def _frames(run: int) -> list[states.FrameView]:
    tall = {"picture": states.picture(f"tall-{run}", 832, 1248), "width": 832, "height": 1248}
    return [
        states.frame(1, label="Ideogram 3 Turbo", run=run, favourite=True),
        states.frame(2, label="Recraft V4", run=run, simulated=True),
        states.frame(3, label=states.LONG, run=run, simulated=True, favourite=True, **tall),
        states.frame(4, "failed", run=run),
        states.frame(5, "running", run=run),
    ]


urlpatterns = [
    path("states/picture/<str:name>/<int:width>/<int:height>/", picture, name="state_picture"),
    path("references/<uuid:public_id>/thumb/", lambda request, public_id: picture(request, "reference", 160, 120)),
    path("states/compare/<str:name>/", compare, name="state_compare"),
    path("states/parts/", parts),
    path("states/history/<str:name>/", history, name="state_history"),
    path("credits/balance/", lambda request: HttpResponse(status=204)),
    *real,
]
