"""Stored pictures, served to their owner only. An address never changes its meaning, so browsers may keep it for ever."""

import uuid

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotModified
from django.views.decorators.http import require_GET

from workspace.comparisons import ranges
from workspace.comparisons.connections import given_back_at_once
from workspace.comparisons.models import Image
from workspace.comparisons.storage import SUFFIXES

RENDITIONS = ("original", "thumb")


def _image(request: HttpRequest, public_id: uuid.UUID) -> Image:
    """The person's own image; Http404 for any other."""
    found = Image.objects.filter(public_id=public_id, generation__comparison__user=request.user).first()
    if found is None:
        raise Http404
    return found


@require_GET
@given_back_at_once
@login_required
def show(request: HttpRequest, public_id: uuid.UUID, rendition: str) -> HttpResponse:
    """One rendition, with strong caching and Range."""
    image = _image(request, public_id)
    name = getattr(image, rendition) if rendition in RENDITIONS else ""
    if not name:
        raise Http404
    etag = f'"{image.sha256}-{rendition}"'
    if request.headers.get("If-None-Match") == etag:
        return _cached(HttpResponseNotModified(), etag)
    media_type = image.media_type if rendition == "original" else "image/webp"
    return _cached(_file(request, name, media_type), etag)


@require_GET
@given_back_at_once
@login_required
def download(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """The original byte for byte, named after its frame."""
    image = _image(request, public_id)
    generation = image.generation
    response = _file(request, image.original, image.media_type)
    name = f"proofsheet-{generation.comparison.number}-{generation.position}.{SUFFIXES[image.media_type]}"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _file(request: HttpRequest, name: str, media_type: str) -> HttpResponse:
    try:
        response = ranges.answer(request, name, media_type)
    except FileNotFoundError as error:
        raise Http404 from error
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


def _cached(response: HttpResponse, etag: str) -> HttpResponse:
    response["Cache-Control"] = "private, max-age=31536000, immutable"
    response["ETag"] = etag
    return response
