"""Choosing a picture to go by: from a file, from a frame, or none again."""

import re
from dataclasses import replace

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.urls import reverse
from django.views.decorators.http import require_POST
from django_htmx.http import replace_url, reswap, retarget, trigger_client_event

from workspace.comparisons import drafts, references, responses, selectors
from workspace.comparisons.compose import Picking
from workspace.comparisons.models import Generation, Reference

PAGE = "comparisons/compare.html"
FRAME = re.compile(r"(\d{1,9})-(\d{1,3})")
CONTROLS = ("reference_picture", "reference_remove")  # by their ids


@require_POST
@login_required
def set_reference(request: HttpRequest) -> HttpResponse:
    """Take ``picture`` (a file) or ``frame`` ("148-3") as the reference of the draft, or none with ``remove``.

    htmx gets the part of the rail, and the draft on the page stays as it is. A plain form gets the whole page: with the draft it
    sent along, or for a frame with the settings of its run. A picture that cannot be used takes nothing away.
    """
    if "remove" in request.POST:
        return _answer(request, None, said="Reference removed")
    try:
        if "frame" in request.POST:
            return _of_frame(request, _frame(request))
        if file := request.FILES.get("picture"):
            return _answer(request, references.from_upload(request.user, file), said="Picture set as reference")
    except references.Unusable as error:
        return _refused(request, str(error))
    return _refused(request, "Choose a picture first.")


def _frame(request: HttpRequest) -> Generation:
    """The person's own frame; Http404 for any other, and for one without a picture to show."""
    name = FRAME.fullmatch(request.POST["frame"])
    if name is None:
        raise Http404
    return selectors.generation(request.user, (int(name[1]), int(name[2])))


def _of_frame(request: HttpRequest, generation: Generation) -> HttpResponse:
    reference = references.from_frame(generation)
    if request.htmx:
        return _answer(request, reference, said=f"{reference.label} set as reference")
    run = reverse("run", kwargs={"number": generation.comparison.number})
    return redirect(f"{run}?reference={reference.public_id}")


def _answer(request: HttpRequest, reference: Reference | None, *, said: str) -> HttpResponse:
    if not request.htmx:
        draft = drafts.read(request.POST, request.user)
        draft.errors.pop("reference", None)
        return responses.page(request, replace(draft, reference=reference))
    answer = HttpResponse(_part(request, reference) + _toast(request, said, undo=reference is not None))
    if request.htmx.current_url_abs_path:
        path = request.htmx.current_url_abs_path.partition("?")[0]
        replace_url(answer, f"{path}?reference={reference.public_id if reference else ''}")  # a reload keeps it
    return trigger_client_event(answer, "reference", {"target": "#rail #preview"}, after="swap")


def _refused(request: HttpRequest, sentence: str) -> HttpResponse:
    """422 with what was chosen before, and why this cannot take its place."""
    draft = drafts.read(request.POST, request.user)
    draft.errors["reference"] = sentence
    if not request.htmx:
        return responses.page(request, draft, status=422)
    answer = HttpResponse(_part(request, draft.reference, sentence), status=422)
    return reswap(retarget(answer, "#reference"), "outerHTML")


def _part(request: HttpRequest, reference: Reference | None, error: str = "") -> str:
    """The part of the rail; whoever used one of its own controls keeps the focus there."""
    rail = {"picking": Picking(reference, error)}
    return render_to_string(f"{PAGE}#reference", {"rail": rail, "focused": request.htmx.trigger in CONTROLS}, request)


def _toast(request: HttpRequest, said: str, *, undo: bool) -> str:
    return render_to_string(f"{PAGE}#reference_toast", {"said": said, "undo": undo}, request)
