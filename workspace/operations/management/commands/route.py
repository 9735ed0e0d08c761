import sys
from argparse import ArgumentParser
from typing import Any

import orjson
from django.core.management.base import BaseCommand

from routing import asked
from routing.errors import UnreadableBrief
from workspace.operations import deciding
from workspace.operations.deciding import Decider


class Command(BaseCommand):
    help = "Print what Auto makes of a prompt: who is asked, why, for how many credits, and who is not."
    requires_system_checks: list[str] = []  # it works without a database, on a clone that was never started

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("prompt", nargs="?", help="the prompt, in one argument")
        parser.add_argument("--intent", default="auto", help="auto, draft, final, typography, photoreal or illustration")
        parser.add_argument("--budget", help="the most credits to spend")
        parser.add_argument("--quality", default="standard", help="draft, standard or hd")
        parser.add_argument("--shape", default=asked.DEFAULT_SHAPE, help="such as 1:1 or 16:9")
        parser.add_argument("--json", action="store_true", help="print the whole decision as JSON")
        parser.add_argument("--jsonl", action="store_true", help="one JSON object a line on standard input, one a line as answer")

    def handle(self, *, prompt: str | None, jsonl: bool, json: bool, **options: Any) -> None:  # noqa: ANN401
        if jsonl:
            self._answer_lines()
            return
        try:
            brief = asked.brief(_values(prompt, options))
        except UnreadableBrief as error:
            self.stderr.write(error.public)
            raise SystemExit(2) from error
        decider = Decider()
        if json:
            self.stdout.write(orjson.dumps(decider.values(brief), option=orjson.OPT_INDENT_2).decode())
        else:
            self.stdout.write(deciding.page(decider.plan(brief), brief, decider.source))

    def _answer_lines(self) -> None:
        try:
            for line in Decider().answers(sys.stdin.buffer):
                self.stdout.write(line)
                self.stdout.flush()
        except BrokenPipeError:  # whoever read has had enough
            sys.stderr.close()


def _values(prompt: str | None, options: dict[str, Any]) -> dict[str, object]:
    """A budget is a number if it looks like one; anything else is refused with every other mistake."""
    budget = options["budget"]
    number = int(budget) if budget and budget.isascii() and budget.isdigit() and len(budget) < 10 else budget
    return {"prompt": prompt, "budget": number, **{name: options[name] for name in ("intent", "quality", "shape")}}
