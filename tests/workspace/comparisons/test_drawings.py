"""A drawing (SVG) from its bytes to the page: rasterised apart, shown as pixels, handed out as a file and as nothing else."""

import io
import socket
import threading
from base64 import b64encode
from collections.abc import Callable, Iterator

import pytest
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.utils import timezone
from PIL import Image as Pillow

from providers.simulator.spoiled import SVG_WITH_SCRIPT
from providers.types import ImageResult
from providers.vectors import MEDIA_TYPE, look
from tests.providers.drawings import svg
from tests.workspace.comparisons import pictures
from workspace.comparisons import finishing, selectors, storage
from workspace.comparisons.models import Generation, Image
from workspace.comparisons.svg import EDGE, rasterising
from workspace.credits.models import Account

VECTOR = "recraft/v4.1-vector"
LOGO = svg(head='viewBox="0 0 1344 768"')
FILTER = '<filter id="f" x="-9e4" y="-9e4" width="9e5" height="9e5"><feTurbulence numOctaves="900"/></filter>'
USES = "".join(f'<g id="a{n}">{f"""<use href="#a{n - 1}"/>""" * 10}</g>' for n in range(1, 10))
SLOW = svg(f'{FILTER}<rect width="512" height="512" filter="url(#f)"/>')


BLACK = b64encode(pictures.black(20_000, 20_000)).decode()
BOMBS = {
    "a huge filter": SLOW,
    "uses of uses": svg(f'<defs><rect id="a0" width="9" height="9"/>{USES}</defs><use href="#a9"/>'),
    "an endless path": svg(f'<path stroke="red" stroke-dasharray=".01" d="M0 0{"L100 2L3 77" * 300_000}"/>'),
    "a bomb of pixels": svg(f'<image width="9" height="9" href="data:image/png;base64,{BLACK}"/>'),
}


def pixels(raster: bytes) -> Pillow.Image:
    with Pillow.open(io.BytesIO(raster)) as picture:
        return picture.convert("RGBA")


class TestRasterising:
    @pytest.mark.parametrize(
        ("head", "size"),
        [
            ('width="512" height="256"', (2048, 1024)),
            ('width="3" height="4"', (1536, 2048)),
            ('viewBox="0 0 4000 2000"', (2048, 1024)),
            ('width="1e9" height="1e9"', (2048, 2048)),
            ('width="1e9" height="1"', (2048, 1)),
            ('width="100%"', (2048, 2048)),
        ],
    )
    def test_the_longer_side_has_the_same_pixels_whatever_was_asked_for(self, head, size):
        drawn = rasterising.draw(svg(head=head))
        assert pixels(drawn.raster).size == size
        assert max(size) == EDGE

    def test_colours_and_transparency_are_kept(self):
        picture = pixels(rasterising.draw(svg('<rect width="256" height="512" fill="#c3261d"/>')).raster)
        assert picture.getpixel((10, 10)) == (0xC3, 0x26, 0x1D, 255)
        assert picture.getpixel((2000, 10))[3] == 0

    def test_type_is_set_in_the_faces_that_ship_with_the_product(self):
        picture = pixels(rasterising.draw(svg('<text y="300" font-size="200" font-family="Nowhere">Hi</text>')).raster)
        assert picture.getbbox() is not None

    def test_a_file_on_this_machine_is_never_drawn(self, tmp_path):
        secret = tmp_path / "secret.png"
        Pillow.new("RGB", (64, 64), (255, 0, 0)).save(secret)
        places = (str(secret), secret.as_uri(), f"http://x{secret}", f"//x{secret}", f"../../../../../..{secret}")
        body = "".join(f'<image width="512" height="512" href="{place}"/>' for place in places)
        body += f'<filter id="f"><feImage href="{secret}"/></filter><rect width="512" height="512" filter="url(#f)"/>'
        assert (255, 0, 0, 255) not in {colour for _, colour in pixels(rasterising.draw(svg(body)).raster).getcolors(1 << 22)}

    def test_nothing_is_asked_of_the_network(self, listener):
        address, calls = listener
        body = f"""<style>@import url("{address}/a"); @font-face {{ font-family: F; src: url({address}/b) }}
            rect {{ fill: url({address}/c#d); filter: url({address}/e#f) }}</style>
            <image href="{address}/g" width="9" height="9"/><image xlink:href="{address}/h" width="9" height="9"/>
            <use href="{address}/i#j"/><text font-family="F">a</text><rect width="9" height="9"/><feImage href="{address}/k"/>
            <script href="{address}/l"/><a href="{address}/m"><path d="M0 0h9v9"/></a>"""
        drawn = rasterising.draw(svg(body, before=f'<?xml-stylesheet href="{address}/n"?>'))
        assert drawn.active
        assert address.encode() not in drawn.safe
        assert calls == []

    @pytest.mark.parametrize("bomb", BOMBS)
    def test_a_bomb_ends_in_time(self, settings, bomb):
        settings.DRAWING_SECONDS = 1
        look(BOMBS[bomb])
        with pytest.raises(rasterising.CannotDraw):
            rasterising.draw(BOMBS[bomb])

    @pytest.mark.parametrize("data", [b"", b"hello", svg()[:-4], svg(head='width="9"').replace(b"2000", b"1999")])
    def test_what_is_no_drawing_is_said(self, data):
        with pytest.raises(rasterising.CannotDraw):
            rasterising.draw(data)


@pytest.fixture
def listener() -> Iterator[tuple[str, list[bytes]]]:
    """A server that remembers who came."""
    calls: list[bytes] = []
    with socket.create_server(("127.0.0.1", 0)) as server:

        def serve() -> None:
            while True:
                try:
                    connection, _ = server.accept()
                except OSError:
                    return
                with connection:
                    calls.append(connection.recv(200))

        threading.Thread(target=serve, daemon=True).start()
        yield f"http://127.0.0.1:{server.getsockname()[1]}", calls
        server.shutdown(socket.SHUT_RDWR)


@pytest.mark.django_db
class TestPages:
    @pytest.fixture
    def arrived(self, run) -> Callable[[bytes], Generation]:
        """A frame whose drawing has come and is not looked into yet."""

        def arrive(data: bytes) -> Generation:
            frame = run(models=(VECTOR,)).generations.select_related("comparison").get()
            image = storage.keep_original(ImageResult(data, MEDIA_TYPE, *look(data)))
            image.save()
            now = timezone.now()
            facts = {"answered_by": frame.model, "answered_label": frame.model_label, "cost": frame.price}
            times = {"started_at": now, "finished_at": now}
            Generation.objects.filter(pk=frame.pk).update(state="done", image=image, simulated=True, **facts, **times)
            frame.refresh_from_db()
            return frame

        return arrive

    @pytest.fixture
    def drawn(self, arrived) -> Callable[[bytes], Generation]:
        def finish(data: bytes) -> Generation:
            frame = arrived(data)
            finishing.finish(frame.pk)
            frame.refresh_from_db()
            return frame

        return finish

    def test_until_it_is_pixels_nothing_of_it_can_be_had(self, arrived, signed_in):
        image = arrived(LOGO).image
        page = signed_in.get("/runs/1/").content.decode()
        assert "Turning it into pixels" in page
        assert str(image.public_id) not in page
        assert signed_in.get(f"/images/{image.public_id}/download/").status_code == 404

    def test_the_page_shows_a_raster_and_gives_the_original(self, drawn, signed_in):
        image = drawn(LOGO).image
        page = signed_in.get("/runs/1/").content.decode()
        assert f'src="/images/{image.public_id}/thumb/"' in page
        assert f"/images/{image.public_id}/raster/" in page
        assert f"/images/{image.public_id}/original/" not in page
        assert "<dd>SVG</dd>" in page
        assert "untouched" not in page
        answer = signed_in.get(f"/images/{image.public_id}/download/")
        assert answer.content == LOGO
        assert answer["Content-Disposition"] == 'attachment; filename="proofsheet-1-1.svg"'

    def test_history_shows_the_raster_too(self, drawn, signed_in):
        image = drawn(LOGO).image
        page = signed_in.get("/history/").content.decode()
        assert f'src="/images/{image.public_id}/thumb/"' in page
        assert '<span class="cap__origin">SVG</span>' in page

    def test_the_png_is_the_raster(self, drawn, signed_in):
        image = drawn(LOGO).image
        answer = signed_in.get(f"/images/{image.public_id}/download/raster/")
        assert answer["Content-Disposition"] == 'attachment; filename="proofsheet-1-1.png"'
        assert pixels(answer.content).size == (2048, 1170) == (image.width, image.height)

    def test_a_hostile_original_is_kept_and_a_harmless_copy_goes_first(self, drawn, signed_in):
        image = drawn(SVG_WITH_SCRIPT).image
        page = signed_in.get("/runs/1/").content.decode()
        assert "SVG · scripts removed" in page
        assert f'href="/images/{image.public_id}/download/original/"' in page
        first = signed_in.get(f"/images/{image.public_id}/download/")
        assert b"script" not in first.content
        untouched = signed_in.get(f"/images/{image.public_id}/download/original/")
        assert untouched.content == SVG_WITH_SCRIPT
        assert untouched["Content-Disposition"] == 'attachment; filename="proofsheet-1-1-untouched.svg"'

    @pytest.mark.parametrize("data", [LOGO, SVG_WITH_SCRIPT], ids=["harmless", "hostile"])
    def test_no_address_lets_a_browser_open_a_drawing(self, drawn, signed_in, data):
        image = drawn(data).image
        for place in ("original", "safe", "raster", "thumb"):
            for address in (f"/images/{image.public_id}/{place}/", f"/images/{image.public_id}/download/{place}/"):
                answer = signed_in.get(address)
                if answer.status_code == 404:
                    assert (place, data) == ("safe", LOGO)
                    continue
                assert answer["X-Content-Type-Options"] == "nosniff"
                assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
                assert answer["Content-Type"] in ("image/png", "image/webp") or answer["Content-Disposition"].startswith(
                    "attachment"
                )

    def test_a_part_of_a_drawing_is_a_download_too(self, drawn, signed_in):
        image = drawn(LOGO).image
        answer = signed_in.get(f"/images/{image.public_id}/original/", headers={"Range": "bytes=0-9"})
        assert (answer.status_code, answer.content) == (206, LOGO[:10])
        assert answer["Content-Disposition"] == "attachment"

    def test_strangers_get_nothing(self, drawn, client, stranger):
        image = drawn(LOGO).image
        client.force_login(stranger)
        for rendition in ("", "original/", "raster/", "safe/"):
            assert client.get(f"/images/{image.public_id}/download/{rendition}").status_code == 404

    def test_the_original_stays_byte_for_byte_beside_what_was_made_of_it(self, drawn):
        image = drawn(SVG_WITH_SCRIPT).image
        with default_storage.open(image.original) as file:
            assert file.read() == SVG_WITH_SCRIPT
        assert image.original.endswith(f"{image.sha256}.svg")
        assert (image.raster.split("/")[0], image.safe.split("/")[0]) == ("rasters", "safe")

    def test_one_that_is_too_complex_says_so_and_costs_nothing(self, drawn, owner, settings):
        settings.DRAWING_SECONDS = 1
        frame = drawn(SLOW)
        assert (frame.state, frame.error, frame.cost, frame.settled) == ("failed", "too_complex", 0, True)
        notice = selectors.sheet(frame.comparison).frames[0].notice
        assert notice.heading == "This drawing is too complex to show."
        assert f"Your {frame.price} credits are back." in notice.sentence
        assert Account.objects.get(user=owner).balance == 250
        call_command("audit_credits")

    def test_a_machine_too_busy_to_draw_is_no_reason_to_give_up(self, arrived, monkeypatch):
        frame = arrived(LOGO)
        monkeypatch.setattr(rasterising, "PATIENCE_SECONDS", 0.001)
        finishing.finish(frame.pk)
        frame.refresh_from_db()
        assert (frame.state, frame.settled, Image.objects.get().tries) == ("done", False, 1)
        monkeypatch.undo()
        finishing.finish(frame.pk)
        frame.refresh_from_db()
        assert (frame.state, frame.settled) == ("done", True)
