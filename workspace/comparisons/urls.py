"""Addresses of the light table."""

from django.urls import path, register_converter

from workspace.comparisons import images, reference_views, stream, views
from workspace.comparisons.adapting import views as adapting


class FrameName:
    """ "148-3": run 148 of the person signed in, frame 3."""

    regex = r"\d{1,9}-\d{1,3}"

    def to_python(self, value: str) -> tuple[int, int]:
        run, position = value.split("-")
        return int(run), int(position)

    def to_url(self, value: str) -> str:
        return value


register_converter(FrameName, "frame")

urlpatterns = [
    path("", views.compare, name="compare"),
    path("route/preview/", views.route_preview, name="route_preview"),
    path("route/thinking/", adapting.prompt_thinking, name="prompt_thinking"),
    path("draft/reference/", reference_views.set_reference, name="set_reference"),
    path("references/<uuid:public_id>/", images.show_reference, {"part": "stored"}, name="reference"),
    path("references/<uuid:public_id>/thumb/", images.show_reference, {"part": "thumb"}, name="reference_thumb"),
    path("runs/", views.start_run, name="start_run"),
    path("runs/<int:number>/", views.run, name="run"),
    path("runs/<int:number>/sheet/", views.sheet, name="sheet"),
    path("runs/<int:number>/thinking/", adapting.run_thinking, name="run_thinking"),
    path("runs/<int:number>/events/", stream.events_of_run, name="events"),
    path("runs/<int:number>/take-up/", views.take_up, name="take_up"),
    path("runs/<int:number>/cancel/", views.cancel_run, name="cancel_run"),
    path("frames/<frame:name>/cancel/", views.cancel_frame, name="cancel_frame"),
    path("frames/<frame:name>/retry/", views.retry_frame, name="retry_frame"),
    path("frames/<frame:name>/swap/", views.swap_frame, name="swap_frame"),
    path("frames/<frame:name>/favourite/", views.favourite_frame, name="favourite_frame"),
    path("images/<uuid:public_id>/download/", images.download, name="image_download"),
    path("images/<uuid:public_id>/download/<str:rendition>/", images.download, name="image_download_as"),
    path("images/<uuid:public_id>/<str:rendition>/", images.show, name="image"),
]
