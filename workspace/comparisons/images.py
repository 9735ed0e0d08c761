"""Stored pictures, served to their owner only. An address never changes its meaning, so browsers may keep it for ever.

A drawing (SVG) leaves as a download alone, whichever address asked for it: pages show its raster.
"""

import uuid

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotModified
from django.views.decorators.http import require_GET

from providers import vectors
from workspace.comparisons import ranges
from workspace.comparisons.connections import given_back_at_once
from workspace.comparisons.models import Image, Reference
from workspace.comparisons.storage import SUFFIXES

# By its name in the address and in the row: the media type, None where the picture itself decides.
RENDITIONS = {"original": None, "thumb": "image/webp", "raster": "image/png", "safe": vectors.MEDIA_TYPE}


def _image(request: HttpRequest, public_id: uuid.UUID) -> Image:
    """The person's own image; Http404 for any other."""
    found = Image.objects.filter(public_id=public_id, generation__comparison__user=request.user).first()
    if found is None:
        raise Http404
    return found


def _stored(image: Image, rendition: str) -> tuple[str, str]:
    """Name in the storage and media type; Http404 for what this picture does not have."""
    name = getattr(image, rendition) if rendition in RENDITIONS else ""
    if not name:
        raise Http404
    return name, RENDITIONS[rendition] or image.media_type


@require_GET
@given_back_at_once
@login_required
def show(request: HttpRequest, public_id: uuid.UUID, rendition: str) -> HttpResponse:
    """One rendition, with strong caching and Range."""
    image = _image(request, public_id)
    name, media_type = _stored(image, rendition)
    etag = f'"{image.sha256}-{rendition}"'
    if request.headers.get("If-None-Match") == etag:
        return _cached(HttpResponseNotModified(), etag)
    return _cached(_file(request, name, media_type), etag)


@require_GET
@given_back_at_once
@login_required
def download(request: HttpRequest, public_id: uuid.UUID, rendition: str = "") -> HttpResponse:
    """A file named after its frame: the original byte for byte, unless it held anything active and the safe copy goes first."""
    image = _image(request, public_id)
    if image.media_type == vectors.MEDIA_TYPE and not image.raster:
        raise Http404  # nobody has looked inside yet
    chosen = rendition or ("safe" if image.safe else "original")
    name, media_type = _stored(image, chosen)
    generation = image.generation
    untouched = "-untouched" if chosen == "original" and image.safe else ""
    title = f"proofsheet-{generation.comparison.number}-{generation.position}{untouched}.{SUFFIXES[media_type]}"
    return _file(request, name, media_type, f'attachment; filename="{title}"')


@require_GET
@given_back_at_once
@login_required
def show_reference(request: HttpRequest, public_id: uuid.UUID, part: str) -> HttpResponse:
    """The person's own reference as providers get it (``stored``), or its ``thumb``; Http404 for any other."""
    found = Reference.objects.filter(public_id=public_id, user=request.user).first()
    if found is None:
        raise Http404
    etag = f'"{found.public_id}-{part}"'
    if request.headers.get("If-None-Match") == etag:
        return _cached(HttpResponseNotModified(), etag)
    return _cached(_file(request, getattr(found, part), found.media_type if part == "stored" else "image/webp"), etag)


def _file(request: HttpRequest, name: str, media_type: str, disposition: str = "") -> HttpResponse:
    try:
        response = ranges.answer(request, name, media_type)
    except FileNotFoundError as error:
        raise Http404 from error
    if disposition or media_type == vectors.MEDIA_TYPE:
        response["Content-Disposition"] = disposition or "attachment"
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


def _cached(response: HttpResponse, etag: str) -> HttpResponse:
    response["Cache-Control"] = "private, max-age=31536000, immutable"
    response["ETag"] = etag
    return response
