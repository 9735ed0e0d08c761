"""Prompt thinking in a browser: the key that opens it, wordings that stay while they are written, and what they outlive."""

from dataclasses import replace

from django.template.loader import render_to_string
from playwright.sync_api import Page, expect

from tests.browser import states, wordings
from tests.browser.scripted import answers, first, stop_the_clock

PANEL, ASKED = "comparisons/thinking.html#wordings", "comparisons/thinking.html#asked"
MINE = "A lighthouse at noon"


def panel(*thought: wordings.Thought) -> str:
    """What the server answers when the panel is opened."""
    return render_to_string(PANEL, {"rail": states.rail(panel=wordings.panel(*thought))})


def opened(page: Page, name: str = "thinking"):
    """A page with the panel open, and the field of its first wording."""
    page.goto(f"compare/{name}/")
    return edited(page, 0)


def edited(page: Page, place: int):
    """The field of the wording that stands there, opened."""
    page.locator("#wordings summary").nth(place).click()
    model = page.locator("#wordings textarea").nth(place).get_attribute("data-model")
    return page.locator(f"#wordings textarea[data-model='{model}']")


class TestTheKey:
    def test_it_opens_and_fills_the_panel_of_the_form(self, page: Page):
        sent = answers(page, "**/route/thinking/", panel())
        page.goto("compare/empty/")
        page.locator("#main").focus()
        page.keyboard.press("t")
        expect(page.locator("#wordings li")).to_have_count(len(wordings.ENTRIES))
        assert [form["thinking"] for form in sent] == [["1"]]

    def test_what_was_worded_for_an_older_draft_is_not_shown_until_it_is_worded_anew(self, page: Page):
        held = []
        page.route("**/route/thinking/", lambda route: held.append(route))
        page.goto("compare/thinking/")
        for _ in range(2):  # closed, and opened again
            page.locator("#open_thinking").click()
        expect(page.locator("#wordings li").first).to_be_hidden()
        first(page, held).fulfill(content_type="text/html", body=panel())
        expect(page.locator("#wordings li").first).to_be_visible()

    def test_if_it_cannot_be_worded_anew_the_older_words_are_there(self, page: Page):
        page.route("**/route/thinking/", lambda route: route.abort())
        page.goto("compare/thinking/")
        for _ in range(2):
            page.locator("#open_thinking").click()
        expect(page.locator("#wordings li").first).to_be_visible()

    def test_on_a_run_it_shows_what_was_asked_and_hides_it_again(self, page: Page):
        sent = answers(page, "**/runs/148/thinking/", render_to_string(ASKED, {"asked": wordings.asked()}))
        page.goto("compare/finished/")
        button = page.get_by_role("link", name="Prompt thinking")
        for key, shown in (("t", True), ("t", False), ("t", True)):
            page.locator("#main").focus()
            page.keyboard.press(key)
            expect(button).to_have_attribute("aria-expanded", str(shown).lower())
            expect(page.locator("#thinking")).to_be_visible(visible=shown)
        expect(page.locator("#thinking li")).to_have_count(len(wordings.ENTRIES) + 1)
        assert len(sent) == 1

    def test_beside_a_run_it_opens_the_form_s_when_that_is_where_one_is(self, page: Page):
        answers(page, "**/route/thinking/", panel())
        page.goto("compare/finished/")
        page.locator("#run").focus()
        page.keyboard.press("t")
        expect(page.locator("#wordings li").first).to_be_visible()
        expect(page.locator("#thinking")).to_be_hidden()


class TestWriting:
    def test_no_preview_is_asked_for_while_a_wording_is_written(self, page: Page):
        sent = answers(page, "**/route/preview/", "")
        field = opened(page)
        stop_the_clock(page)
        field.press_sequentially(" and more", delay=20)
        page.clock.run_for(2_000)
        assert sent == []

    def test_a_finished_wording_is_sent_with_what_it_was_written_over(self, page: Page):
        field = opened(page)
        field.fill(MINE)
        with page.expect_request("**/route/preview/") as preview:
            page.locator("#cap").focus()
        for part in ("worded_text=A%20lighthouse%20at%20noon", "worded_shown=", "worded_for=", "thinking=1"):
            assert part in preview.value.post_data

    def test_an_answer_keeps_open_what_is_open(self, page: Page):
        answers(page, "**/route/thinking/", panel())
        field = opened(page)
        page.get_by_role("button", name="Back to the suggestion").click()
        expect(field).to_be_visible()

    def test_what_is_open_is_a_model_s_and_not_a_place_s(self, page: Page):
        turned = wordings.panel()
        turned = replace(turned, fields=turned.fields[::-1])
        answers(page, "**/route/thinking/", render_to_string(PANEL, {"rail": states.rail(panel=turned)}))
        opened(page)
        field = edited(page, 1)
        page.get_by_role("button", name="Back to the suggestion").click()
        expect(page.locator("#wordings textarea").nth(len(turned.fields) - 2)).to_have_id(field.get_attribute("id"))
        expect(field).to_be_visible()
        expect(page.locator("#wordings textarea").nth(1)).to_be_hidden()

    def test_whoever_writes_goes_on_in_the_same_model_s_field(self, page: Page):
        """Wherever it stands after an answer: focus and cursor are a model's, too."""
        turned = wordings.panel()
        turned = replace(turned, fields=turned.fields[::-1])
        answers(page, "**/route/thinking/", render_to_string(PANEL, {"rail": states.rail(panel=turned)}))
        field = opened(page)
        field.evaluate("field => { field.focus(); field.setSelectionRange(3, 5) }")
        page.evaluate("htmx.trigger('#prompt_thinking', 'opened')")
        expect(page.locator("#wordings textarea").last).to_have_id(field.get_attribute("id"))
        expect(field).to_be_focused()
        assert field.evaluate("field => [field.selectionStart, field.selectionEnd]") == [3, 5]


class TestOutliving:
    def test_a_wording_comes_back_with_its_prompt_after_a_reload(self, page: Page):
        opened(page).fill(MINE)
        page.reload()
        carried = page.locator("#wordings > input[name=worded_text]")
        expect(carried).to_have_value(MINE)

    def test_a_new_draft_begins_without_it(self, page: Page):
        opened(page).fill(MINE)
        page.evaluate("document.querySelector('[data-clear]').addEventListener('click', (event) => event.preventDefault())")
        page.get_by_role("link", name="Start a new draft").click()
        page.reload()
        expect(page.locator("#wordings li").first).to_be_visible()
        expect(page.locator("#wordings > input[name=worded_text]")).to_have_count(0)


def test_the_language_model_s_wording_takes_the_place_of_the_rules(page: Page):
    thought = render_to_string(PANEL, {"rail": states.rail(panel=wordings.panel(wordings.LATE))})
    sent = []

    def answer(route):
        sent.append(route.request.post_data)
        body = thought if "think=1" in route.request.post_data else panel(wordings.Thought(offered=True, asked=True))
        route.fulfill(content_type="text/html", body=body)

    page.route("**/route/thinking/", answer)
    page.goto("compare/empty/")
    page.locator("#open_thinking").click()
    expect(page.locator("#wordings")).to_contain_text("gave no answer in time")
    expect(page.locator("#think_over")).to_have_count(0)
    assert len(sent) == 2
