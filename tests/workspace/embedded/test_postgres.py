import os
import subprocess
from contextlib import contextmanager

import psycopg
import pytest

from tests.processes import wait_until
from workspace.embedded.postgres import Postgres


@contextmanager
def running(server):
    server.prepare()
    process = subprocess.Popen(server.command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    try:
        wait_until(lambda: server.is_ready() or process.poll() is not None)
        assert server.is_ready(), process.communicate()[0]
        with psycopg.connect(server.url) as connection:
            yield connection
    finally:
        process.send_signal(2)
        process.communicate()


@pytest.fixture
def server(tmp_path):
    return Postgres(tmp_path / "postgres", durable=False)


def test_it_keeps_what_it_holds(server):
    with running(server) as connection:
        connection.execute("CREATE TABLE kept AS SELECT 7 AS number")
    with running(server) as connection:
        assert connection.execute("SELECT number FROM kept").fetchone() == (7,)


def test_it_starts_although_its_old_number_belongs_to_another_program_now(server):
    server.prepare()
    (server.cluster / "postmaster.pid").write_text(f"{os.getpid()}\n{server.cluster}\n1\n5432\n\n\n\nready   \n")
    with running(server) as connection:
        assert connection.execute("SELECT 1").fetchone() == (1,)


def test_a_deep_folder_gets_a_short_socket(tmp_path):
    server = Postgres(tmp_path / ("deep" * 30) / "postgres", durable=False)
    server.cluster.parent.mkdir()
    assert len(str(server.socket_folder)) < 100
    with running(server) as connection:
        assert connection.execute("SELECT 1").fetchone() == (1,)
    server.socket_folder.rmdir()


def test_a_folder_with_spaces_and_quotes_is_no_hurdle(tmp_path):
    with running(Postgres(tmp_path / "it's a place" / "postgres", durable=False)) as connection:
        assert connection.execute("SELECT 1").fetchone() == (1,)


def test_half_a_cluster_is_made_again(server):
    (server.cluster.with_name("postgres.new") / "base").mkdir(parents=True)
    server.prepare()
    assert (server.cluster / "PG_VERSION").read_text() == "18\n"


def test_it_is_made_for_its_owner_only_and_listens_on_no_network(server):
    with running(server) as connection:
        assert connection.execute("SHOW listen_addresses").fetchone() == ("",)
    assert server.cluster.stat().st_mode & 0o077 == 0


def test_durability_is_off_only_where_asked(tmp_path):
    assert "fsync=off" not in Postgres(tmp_path).command
    assert "fsync=off" in Postgres(tmp_path, durable=False).command
