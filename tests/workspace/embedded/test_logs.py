import asyncio
import io

from workspace.embedded.logs import CHUNK, Log


class Terminal(io.StringIO):
    def isatty(self):
        return True


async def written(*chunks, drop=()):
    stream, reader = io.StringIO(), asyncio.StreamReader()
    for chunk in chunks:
        reader.feed_data(chunk)
    reader.feed_eof()
    await Log(stream).follow("web", reader, drop)
    return stream.getvalue().splitlines()


async def test_each_line_stands_behind_the_name_of_its_process():
    assert await written(b"one\ntwo\n") == ["web        | one", "web        | two"]


async def test_a_last_line_without_an_end_is_not_lost():
    assert await written(b"one\ntw", b"o") == ["web        | one", "web        | two"]


async def test_a_line_without_end_is_shown_in_pieces():
    assert len(await written(b"x" * CHUNK * 3)) > 1


async def test_bytes_that_are_no_text_do_no_harm():
    assert await written(b"caf\xe9\n") == ["web        | caf�"]


async def test_lines_of_no_consequence_are_dropped():
    assert await written(b"noise about memory\nreal\n", drop=("memory",)) == ["web        | real"]


def test_a_terminal_gets_colours(monkeypatch):
    monkeypatch.delenv("NO_COLOR", raising=False)
    terminal = Terminal()
    Log(terminal).line("web", "one")
    assert terminal.getvalue() == "\x1b[36mweb        |\x1b[0m one\n"


def test_a_terminal_that_wants_none_gets_none(monkeypatch):
    monkeypatch.setenv("NO_COLOR", "1")
    terminal = Terminal()
    Log(terminal).line("web", "one")
    assert terminal.getvalue() == "web        | one\n"


def test_a_reader_that_went_away_is_no_error():
    stream = io.StringIO()
    log = Log(stream)
    stream.close()
    log.line("web", "one")
