"""A server that answers as OpenAI does, whoever asks: a stand-in for the real one and for the simulator alike."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from tests.providers.samples import captured, encoded, picture

PATH = "/openai/v1"


class OpenAI(ThreadingHTTPServer):
    """``asked`` are the requests for pictures: path, headers and body."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.url = f"http://127.0.0.1:{self.server_port}"
        self.asked: list[tuple[str, dict[str, str], bytes]] = []


class _Handler(BaseHTTPRequestHandler):
    server: OpenAI

    def do_GET(self) -> None:
        listed = self.path == f"{PATH}/models"
        self._answer({"data": [{"id": "gpt-image-2", "shutdown_date": None}]} if listed else {}, 200 if listed else 404)

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.asked.append((self.path, dict(self.headers), body))
        self._answer(captured("openai/generation", picture=encoded(picture())))

    def _answer(self, answer: object, status: int = 200) -> None:
        body = json.dumps(answer).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Not to the terminal."""


@contextmanager
def openai() -> Iterator[OpenAI]:
    with OpenAI() as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield server
        server.shutdown()
        thread.join()
