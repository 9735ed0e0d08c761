import os
import re
import stat

import pytest

from workspace.embedded import folder
from workspace.embedded.errors import CannotStart
from workspace.embedded.folder import DataFolder


@pytest.fixture
def claimed(tmp_path):
    data = DataFolder(tmp_path / "data")
    data.claim()
    yield data
    os.close(data._claim)


def mode(path):
    return stat.S_IMODE(path.stat().st_mode)


def test_it_is_made_for_its_owner_only(claimed):
    assert mode(claimed.path) == 0o700


def test_the_secret_key_is_made_once_and_kept_private(claimed):
    key = claimed.ensure_secret_key()
    assert len(key) >= 50
    assert claimed.ensure_secret_key() == key == folder.secret_key(claimed.path)
    assert mode(claimed.path / "secret_key") == 0o600


def test_no_folder_means_no_key_and_nothing_running(tmp_path):
    assert folder.secret_key(tmp_path / "none") == ""
    assert folder.running(tmp_path / "none") == {}


def test_what_runs_is_written_for_its_owner_only_and_forgotten_at_the_end(claimed):
    claimed.note(pid=7)
    claimed.note(address="http://127.0.0.1:8000")
    assert folder.running(claimed.path) == {"pid": 7, "address": "http://127.0.0.1:8000"}
    assert mode(claimed.path / "run.json") == 0o600
    claimed.forget()
    assert folder.running(claimed.path) == {}


def test_half_a_file_counts_as_none(claimed):
    (claimed.path / "run.json").write_text('{"pid": ')
    assert folder.running(claimed.path) == {}


def test_a_second_claim_says_who_has_it_in_one_sentence(claimed):
    claimed.note(pid=7, address="http://127.0.0.1:8000")
    with pytest.raises(CannotStart, match=re.escape(f"{claimed.path} at http://127.0.0.1:8000 (process 7).")):
        DataFolder(claimed.path).claim()


def test_a_folder_that_cannot_be_made_is_named(tmp_path):
    (tmp_path / "file").touch()
    with pytest.raises(CannotStart, match="cannot be written: Not a directory"):
        DataFolder(tmp_path / "file" / "data").claim()
