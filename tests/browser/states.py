"""Every state a screen can be in, as hand-made presenters: what the pages under ``/states/`` render."""

import time
import uuid
from collections.abc import Iterable
from dataclasses import replace

from django.urls import reverse

from providers import catalogue
from routing.pieces import Piece, Role
from routing.runbar import RunBar
from routing.runbar import State as Bar
from routing.shape_hint import ShapeHint
from routing.slip import Action, Kind, Slip
from routing.types import Cause, LeftOut
from routing.why import Part, Stretch, Taken, Why
from workspace.comparisons.chips import Chip
from workspace.comparisons.compose import Option, Picking, Rail
from workspace.comparisons.frames import FrameView, Picture, Preview
from workspace.comparisons.models import Reference
from workspace.comparisons.sheets import Sheet
from workspace.comparisons.wording import HEADINGS, Notice, notice, slower

PROMPT = "Neon sign reading “CyberCafe” over a narrow café front at blue hour, rain on the pavement, warm light inside"
LONG = "Stable Diffusion XL Base 1.0, self-hosted on the third machine from the left"
UNBROKEN = "W" * 120
TINY = "data:image/webp;base64,UklGRlYAAABXRUJQVlA4IEoAAADwAQCdASoIAAYAAUAmJbACdLoAAwiwAAD+7/Zf//8eD//9hD//sIf/9hAA"


# --- frames --------------------------------------------------------------------------------------------------------------------
def picture(name: str, width: int = 1152, height: int = 864) -> Picture:
    original = reverse("state_picture", args=[name, width, height])
    thumb = reverse("state_picture", args=[name, *(512 * edge // max(width, height) for edge in (width, height))])
    return Picture(original, thumb, 512 * width // max(width, height), original, width, height, TINY)


def frame(position: int, state: str = "done", label: str = "GPT Image 1.5", run: int = 148, **changes: object) -> FrameView:
    """A frame of that state with what such a frame always has; ``changes`` replace any of it."""
    drawn = state in ("done", "fellback")
    waiting = state in ("queued", "running")
    usual: dict[str, object] = {
        "name": f"{run}-{position}",
        "run": run,
        "position": position,
        "state": state,
        "label": label,
        "asked_label": label,
        "width": 1152,
        "height": 864,
        "seconds": "9.0 s" if drawn else "",
        "started": time.time() - 3.1 if state == "running" else None,
        "expected_seconds": 9.2,
        "held": 5 if waiting else 0,
        "cost": 5 if drawn else None if waiting else 0,
        "returned": 0 if drawn or waiting else 5,
        "picture": picture(f"{run}-{position}") if drawn else None,
        "preview": None,
        "notice": None
        if drawn or waiting
        else notice(state, "refused" if state == "refused" else "timed_out", back=5, ran_for=3.1),
        "notes": (),
        "trail": "",
        "prompt": PROMPT,
        "favourite": False,
        "simulated": False,
        "status": "",
        "slower": slower(9.2, 46, falls_back=True) if state == "running" else "",
        "version": 3,
    }
    return FrameView(**(usual | changes))


def preview() -> Preview:
    return Preview(reverse("state_picture", args=["preview", 320, 240]), 2, 3)


def usual_frames() -> tuple[FrameView, ...]:
    """The sheet most people see: six models, one on its way, one replaced."""
    return (
        frame(1, label="Ideogram 3 Turbo", favourite=True, cost=3, seconds="2.8 s"),
        frame(2, label="Recraft V4", cost=3, seconds="3.6 s"),
        frame(3, label="FLUX.2 Pro", cost=4, seconds="5.3 s", simulated=True),
        frame(4, label="Imagen 4 Fast", cost=2, seconds="2.2 s"),
        frame(5, "running", preview=preview(), started=time.time() - 6.4),
        frame(6, "fellback", "FLUX.2 Flash", cost=1, returned=3, seconds="1.5 s", asked_label="Seedream 4.5", trail=TRAIL),
    )


TRAIL = "Seedream 4.5 gave no answer in 30 s. 4 credits returned, FLUX.2 Flash stepped in for 1."


def every_frame() -> tuple[FrameView, ...]:
    """One of each, the odd ones included."""
    at = iter(range(1, 100))
    return (
        frame(next(at), "queued", status="Second in line at the provider. Usually starts within 4 s."),
        frame(next(at), "queued"),
        frame(next(at), "running"),
        frame(next(at), "running", preview=preview()),
        frame(next(at), "running", started=time.time() - 31, expected_seconds=6.0),
        frame(next(at), "running", status="Too many requests at this provider. Trying again in 5 s, nothing charged yet."),
        frame(next(at)),
        frame(next(at), favourite=True, simulated=True),
        frame(next(at), held=5, cost=None, picture=replace(picture("unsettled"), thumb="")),
        frame(next(at), label=LONG, simulated=True, notes=("Asked for 1024×768. This model has no 1152×864.",)),
        frame(next(at), label=UNBROKEN, notes=(UNBROKEN,)),
        frame(next(at), "fellback", "FLUX.2 Flash", cost=1, returned=3, seconds="1.5 s", trail=TRAIL),
        frame(next(at), picture=picture("tall", 832, 1248), width=832, height=1248),
        frame(next(at), "cancelled"),
        frame(next(at), "cancelled", notice=notice("cancelled", "cancelled", back=5, ran_for=None), returned=1),
        frame(next(at), "refused"),
        frame(next(at), "refused", cost=1, returned=4, notice=Notice("shield", "This model declined the prompt.", CHARGED)),
        *(frame(next(at), "failed", notice=notice("failed", kind, back=5, ran_for=3.1)) for kind in HEADINGS),
    )


CHARGED = "This provider charges for refusals: 1 of 5 credits was kept."


def sheet(frames: Iterable[FrameView], *, live: bool = False) -> Sheet:
    return Sheet(number=148, prompt=PROMPT, frames=tuple(frames), live=live)


# --- the rail ------------------------------------------------------------------------------------------------------------------
def _slip(kind: Kind, *pieces: str | tuple[str, Role], action: Action = Action.WHY, seconds: float = 3.0) -> Slip:
    sentence = tuple(Piece(piece) if isinstance(piece, str) else Piece(*piece) for piece in pieces)
    return Slip(kind, sentence, seconds, 6, action, has_reasons=bool(seconds))


STRONG, TYPESET = Role.STRONG, Role.TYPESET
SLIPS = {
    "quoted": _slip(
        Kind.QUOTED,
        "Read as ",
        ("Logo & type", STRONG),
        ". Detected quoted text ",
        ("“CyberCafe”", TYPESET),
        ", so ",
        ("Ideogram 3 Turbo", STRONG),
        " and ",
        ("Recraft V4", STRONG),
        ".",
    ),
    "cues": _slip(
        Kind.PLAIN, "Read as ", ("Photoreal", STRONG), " from 35 mm and depth of field, so ", ("FLUX.2 Pro", STRONG), "."
    ),
    "no_signal": _slip(
        Kind.PLAIN, "No strong signal, so ", ("Draft", STRONG), ": ", ("FLUX.2 Flash", STRONG), " for a first look."
    ),
    "manual": _slip(Kind.PLAIN, "You chose ", ("Illustration", STRONG), ". Auto is off.", action=Action.BACK_TO_AUTO),
    "down": _slip(
        Kind.WARN, ("Ideogram 3 Turbo", STRONG), " is down, so ", ("Recraft V4", STRONG), " takes the quoted text alone."
    ),
    "unclosed": _slip(
        Kind.WARN,
        "The quote before ",
        ("“CyberCafe", TYPESET),
        " is never closed, so nothing is set as type. Add the closing mark.",
        action=Action.CLOSE_QUOTE,
    ),
    "long": _slip(Kind.QUOTED, "Detected quoted text ", (f"“{UNBROKEN}”", TYPESET), ", so ", (LONG, STRONG), "."),
    "nothing": _slip(Kind.PLAIN, "No strong signal, so ", ("Draft", STRONG), ". No model is chosen.", seconds=0.0),
}


def _bar(state: Bar, headline: str, line: str, trailing: str, note: str, button: str, *, enabled: bool = True) -> RunBar:
    return RunBar(state, headline, line, trailing, note, button, enabled, 21 if enabled else 0, ())


BARS = {
    "ready": _bar(Bar.READY, "21 credits", "6 images · about 9 s", "leaves 191", "", "Run comparison"),
    "over_cap": _bar(
        Bar.OVER_CAP,
        "27 credits",
        "6 of 7 images · about 9 s",
        "cap 24",
        "GPT Image 1.5 would go over. It will be skipped.",
        "Run 6 of 7 within the cap",
    ),
    "short": _bar(Bar.SHORT, "21 credits", "you have 8", "13 short", "Not enough for all six.", "Run 2 models for 6"),
    "no_credits": _bar(
        Bar.NO_CREDITS, "3 credits", "you have 0", "3 short", "You are out of credits.", "Add credits to run", enabled=False
    ),
    "no_model": _bar(Bar.NO_MODEL, "0 credits", "no model chosen", "", "", "Choose a model to run", enabled=False),
    "no_prompt": _bar(
        Bar.NO_PROMPT, "21 credits", "6 images · about 9 s", "leaves 191", "", "Write a prompt to run", enabled=False
    ),
    "price_moved": _bar(
        Bar.PRICE_MOVED,
        "23 credits",
        "6 images · about 9 s",
        "leaves 189",
        "Prices changed since you opened this page: 23 instead of 21.",
        "Run for 23",
    ),
}


def chip(label: str, price: int, seconds: str, **changes: object) -> Chip:
    usual: dict[str, object] = {
        "id": f"sample/{label.lower().replace(' ', '-')}",
        "label": label,
        "checked": True,
        "by_auto": False,
        "health": "ok",
        "price": price,
        "seconds": seconds,
        "over_cap": False,
        "note": "",
        "disabled": False,
    }
    return Chip(**(usual | changes))


CHIPS = (
    chip("Ideogram 3 Turbo", 3, "3 s", by_auto=True),
    chip("Recraft V4", 3, "3 s", by_auto=True),
    chip("FLUX.2 Pro", 4, "5 s"),
    chip("Imagen 4 Fast", 2, "2 s"),
    chip("GPT Image 1.5", 5, "9 s"),
    chip("Seedream 4.5", 4, "6 s", health="slow"),
    chip("FLUX.2 Flash", 1, "1 s", checked=False),
    chip("Qwen Image 2", 2, "4 s", checked=False, health="down", note="Down since 14:02", disabled=True),
)
ODD_CHIPS = (
    chip(LONG, 12, "45 s", by_auto=True),
    chip("GPT Image 2", 12, "20 s", over_cap=True),
    chip("DALL·E 3", 8, "12 s", checked=False, note="no HD"),
    chip("GPT Image 1", 6, "15 s", checked=False, note="until 1 December"),
)
MANY_CHIPS = (
    CHIPS[0],
    *(chip(f"FLUX.2 Flash {number}", 1, "1 s", checked=False) for number in range(1, 8)),
    *(chip(f"Recraft V4 {number}", 3, "3 s", checked=False) for number in range(1, 17)),
)
INTENTS = ("Auto", "Draft", "Final HD", "Logo & type", "Photoreal", "Illustration")
SHAPES = {"1:1": 1, "4:3": 4 / 3, "3:4": 3 / 4, "3:2": 3 / 2, "16:9": 16 / 9, "9:16": 9 / 16}


WHY = Why(
    reading="Quoted text is drawn letter by letter, so it goes to Logo & type.",
    stretches=(Stretch("“CyberCafe”", "“reading” announces the words to be drawn."), Stretch(UNBROKEN, "speaks for photo.")),
    taken=(
        Taken(
            "Ideogram 3 Turbo", "97.75", (Part("Spells well.", "+100"), Part("3 credits.", "−1.5")), (), "3 credits, about 3 s"
        ),
        Taken(LONG, "", (Part("You chose it.", ""),), ("Goes off on 1 December 2026.",), "12 credits, about 45 s"),
    ),
    changes=("2 more credits would add Recraft V4.1 Vector.",),
    missed=(LeftOut(catalogue.model("openai/gpt-image-2"), "over your cap by 3", Cause.OVER_CAP),),
    others=(LeftOut(catalogue.model("openai/dall-e-3"), "switched off on 12 May 2026", Cause.RETIRED),),
)
SET = Picking(Reference(public_id=uuid.UUID(int=148), label="Uploaded picture", width=1152, height=864))
NOT_SET = Picking(error="This picture has more than 40 megapixels. Choose a smaller one.")


def rail(slip: str = "quoted", bar: str = "ready", **changes: object) -> Rail:
    usual: dict[str, object] = {
        "prompt": PROMPT,
        "max_prompt": 2_000,
        "intents": tuple(Option(label.lower(), label, label == "Auto") for label in INTENTS),
        "shapes": tuple(Option(label, label, label == "4:3", ratio) for label, ratio in SHAPES.items()),
        "qualities": tuple(Option(label.lower(), label, label == "Standard") for label in ("Draft", "Standard", "HD")),
        "wanted_size": "1152 × 864",
        "cap": 24,
        "chips": CHIPS,
        "auto": ("sample/ideogram-3-turbo",),
        "dropped": (),
        "slip": SLIPS[slip],
        "runbar": BARS[bar],
        "price": 21,
        "key": uuid.uuid4(),
        "errors": {},
        "simulated": False,
        "shown": "these",
    }
    return Rail(**(usual | changes))


ERRORS = {
    "prompt": "The prompt is 18,000 characters over the 2,000 that models accept. Shorten it.",
    "intent": "Choose one of these.",
    "models": "sample/gone is not in the catalogue. Choose from the list.",
    "shape": "Choose one of these shapes.",
    "quality": "Choose one of these.",
    "cap": "A cap is a whole number of credits, 1 or more. Leave it empty for no cap.",
    "credits": "This run needs 21 credits and you have 8.",
}


def mistakes() -> Rail:
    """A rail with something wrong in every field."""
    return rail(
        errors=ERRORS, picking=NOT_SET, chips=ODD_CHIPS, prompt=UNBROKEN * 20, hint=ShapeHint("full length poster", "3:4")
    )
