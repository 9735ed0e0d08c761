"""Everything made, found again: newest first, by words, page after page."""

import pytest

from tests.workspace.comparisons.conftest import FLARE, V2A
from workspace.comparisons.models import Comparison
from workspace.history import selectors

pytestmark = pytest.mark.django_db


def prompts(page: selectors.Page) -> list[str]:
    return [run.prompt for day in page.days for run in day.runs]


def test_the_newest_run_comes_first_with_all_its_frames(run, owner):
    run("first"), run("second", models=(FLARE, V2A))
    (day,) = selectors.page(owner).days
    assert [each.prompt for each in day.runs] == ["second", "first"]
    assert [len(each.frames) for each in day.runs] == [2, 1]


def test_a_day_says_what_it_cost(run, picture, owner):
    frame = picture(run().generations.select_related("comparison").get())
    run()
    (day,) = selectors.page(owner).days
    assert day.credits == frame.cost


def test_pages_follow_each_other_without_gap_or_repeat(run, owner, monkeypatch):
    monkeypatch.setattr(selectors, "PAGE", 2)
    for number in range(5):
        run(f"prompt {number}")
    seen, cursor = [], ""
    for _ in range(3):
        page = selectors.page(owner, before=cursor)
        seen += prompts(page)
        cursor = page.older
    assert seen == [f"prompt {number}" for number in reversed(range(5))]
    assert cursor == ""


def test_runs_of_the_same_instant_are_not_lost_between_pages(run, owner, monkeypatch):
    monkeypatch.setattr(selectors, "PAGE", 1)
    first, second = run("a"), run("b")
    Comparison.objects.filter(pk=second.pk).update(created=Comparison.objects.get(pk=first.pk).created)
    page = selectors.page(owner)
    assert prompts(page) + prompts(selectors.page(owner, before=page.older)) == ["b", "a"]


@pytest.mark.parametrize(
    ("words", "found"),
    [("neon", 1), ("neon sig", 1), ("sign neon", 1), ("café", 1), ("dog", 0), ("!!! & | ( ':*", 2), ("", 2), ("neon dog", 0)],
)
def test_words_find_prompts_and_never_break_the_search(run, owner, words, found):
    run("Neon sign over a café"), run("A quiet lake")
    assert len(prompts(selectors.page(owner, words=words))) == found


@pytest.mark.parametrize("cursor", ["nonsense", "W10=", "eyJhIjogMX0=", "x" * 5000])
def test_a_cursor_we_did_not_make_is_the_start(run, owner, cursor):
    run("only")
    assert prompts(selectors.page(owner, before=cursor)) == ["only"]


def test_nobody_sees_anothers_runs(run, client, stranger):
    run("a secret lake")
    client.force_login(stranger)
    assert "secret" not in client.get("/history/").content.decode()


def test_the_page_is_for_people_who_have_signed_in(client):
    assert client.get("/history/").status_code == 302


def test_a_search_answers_with_the_results_alone(run, signed_in):
    run("Neon sign")
    headers = {"HX-Request": "true", "HX-Target": "results"}
    body = signed_in.get("/history/", {"q": "neon"}, headers=headers).content.decode()
    assert "<html" not in body
    assert "1-1" in body
