"""Answers written by a test, and the page's own clock: nothing in between happens by chance."""

from urllib.parse import parse_qs

from playwright.sync_api import Page, Route

from workspace.comparisons import live

PAGE = "comparisons/compare.html"


def says(page: Page, *said: tuple[str, str]) -> None:
    """Answer the event stream with these, and with silence after that."""
    body = "retry: 600000\n\n" + live.encode_all(said)
    page.route("**/events/*", lambda route: route.fulfill(content_type="text/event-stream", body=body))


def answers(page: Page, address: str, html: str, status: int = 200) -> list[dict[str, list[str]]]:
    """Answer this address with these words; the forms that were sent are collected."""
    sent: list[dict[str, list[str]]] = []

    def answer(route: Route) -> None:
        sent.append(parse_qs(route.request.post_data or ""))
        route.fulfill(status=status, content_type="text/html", body=html)

    page.route(address, answer)
    return sent


def first(page: Page, held_back: list[Route]) -> Route:
    """The first request of those that a test answers later, once it has come."""
    while not held_back:
        page.wait_for_timeout(20)
    return held_back[0]


def chooses_files(page: Page) -> None:
    """To be called before the page is opened: a chooser that opens sooner than anybody listens is lost."""
    page.on("filechooser", lambda chooser: None)


def stop_the_clock(page: Page) -> None:
    """From now on the page's timers run only when they are told to, however long the machine takes over something."""
    page.clock.install()
    page.clock.pause_at("2200-01-01")  # any day to come
