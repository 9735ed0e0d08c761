"""What the server reads in a prompt, underlined in the prompt itself; and "Why these?", asked for only when it is opened."""

import json
from urllib.parse import parse_qs

import pytest
from django.template.loader import render_to_string
from playwright.sync_api import Page, Route, expect

from tests.browser import states
from tests.browser.scripted import PAGE, stop_the_clock

MARKS = "() => [...document.querySelectorAll('.prompt__mirror mark')].map((mark) => [mark.dataset.stroke, mark.textContent])"


def reads(page: Page, underlines: str, rail=None) -> list[dict[str, list[str]]]:
    """Answer previews with this reading, and with the slip of ``rail`` if there is one; the forms sent are collected."""
    sent: list[dict[str, list[str]]] = []

    def answer(route: Route) -> None:
        sent.append(parse_qs(route.request.post_data or ""))
        headers = {"HX-Trigger": json.dumps({"reading": {"underlines": underlines}}), "Content-Type": "text/html"}
        body = render_to_string(f"{PAGE}#route", {"rail": rail}) if rail else ""
        route.fulfill(status=200 if rail else 204, headers=headers, body=body)

    page.route("**/route/preview/", answer)
    return sent


def underlined(page: Page, *expected: tuple[str, str]) -> None:
    page.wait_for_function(f"(expected) => JSON.stringify(({MARKS})()) === JSON.stringify(expected)", arg=[*map(list, expected)])


class TestUnderlines:
    def test_the_page_comes_with_those_of_its_prompt(self, page: Page):
        page.goto("compare/why/")
        underlined(page, ("cue", "Neon sign"), ("text", "“CyberCafe”"))

    @pytest.mark.parametrize(
        ("prompt", "underlines", "expected"),
        [
            # a cue, words to be drawn, and quotes that are not
            ('watercolour of "the void", sign "OPEN"', "0,11,cue 32,38,text", [("cue", "watercolour"), ("text", '"OPEN"')]),
            # characters that count twice in a browser
            ("🐈‍⬛🦊 sign “OPEN”", "5,9,cue 10,16,text", [("cue", "sign"), ("text", "“OPEN”")]),
            # an open quotation mark
            ('sign "OPEN', "0,4,cue 5,6,open", [("cue", "sign"), ("open", '"')]),
            # markup is nothing but characters
            ("<b>bold</b> <script>1</script>", "0,3,cue", [("cue", "<b>")]),
            ("", "", []),
        ],
    )
    def test_the_reading_of_just_these_words_is_underlined(self, page: Page, prompt, underlines, expected):
        reads(page, underlines)
        page.goto("compare/why/")
        page.locator("#prompt").fill(prompt)
        underlined(page, *expected)
        assert page.locator(".prompt__mirror").text_content() == f"{prompt}\n"

    def test_while_words_are_typed_what_stands_in_quotes_is_painted(self, page: Page):
        reads(page, "0,4,cue")
        page.goto("compare/why/")
        stop_the_clock(page)
        page.locator("#prompt").fill('sign "OPEN"')
        underlined(page, ("text", '"OPEN"'))
        page.clock.run_for(2_000)
        underlined(page, ("cue", "sign"))
        page.locator("#prompt").press_sequentially("!")
        underlined(page, ("text", '"OPEN"'))


class TestWhyThese:
    def test_opening_it_asks_for_what_stands_behind_it(self, page: Page):
        sent = reads(page, "", states.rail(why=states.WHY, opened=True))
        page.goto("compare/usual/")
        page.get_by_text("Why these?").click()
        expect(page.locator("#route")).to_contain_text("2 more credits would add Recraft V4.1 Vector.")
        assert [form["why"] for form in sent] == [["1"]]
        expect(page.locator(".slip__why").first).to_have_attribute("open", "")

    def test_it_stays_open_while_somebody_types_and_closed_once_it_is_closed(self, page: Page):
        sent = reads(page, "")
        page.goto("compare/why/")
        stop_the_clock(page)
        page.locator("#prompt").fill("a fox")
        page.clock.run_for(2_000)
        page.get_by_text("Why these?").click()
        expect(page.locator("#route [name=why]")).to_be_disabled()
        page.locator("#prompt").fill("a red fox")
        page.clock.run_for(2_000)
        while len(sent) < 2:
            page.wait_for_timeout(20)
        assert [form.get("why") for form in sent] == [["1"], None]
