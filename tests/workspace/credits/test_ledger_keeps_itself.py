"""What the database itself refuses, whoever asks."""

import pytest
from django.db import IntegrityError, connection, transaction

from workspace.credits import services
from workspace.credits.models import Entry

pytestmark = pytest.mark.django_db


def run(sql: str, **params) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, params)


def write(**fields) -> None:
    with transaction.atomic():
        Entry.objects.create(**{"reason": "by hand", "key": "by hand", **fields})


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE credits_entry SET amount = 1000000",
        "UPDATE credits_entry SET reason = reason",
        "DELETE FROM credits_entry",
        "INSERT INTO credits_entry (account_id, kind, amount, held, balance_after, key, reason)"
        " SELECT account_id, kind, amount, held, balance_after, key, reason FROM credits_entry"
        " ON CONFLICT (key) DO UPDATE SET amount = 1000000",
    ],
)
def test_an_entry_is_never_changed_or_deleted(account, sql):
    with pytest.raises(IntegrityError, match="append-only"):
        run(sql)


@pytest.mark.parametrize(
    ("sql", "reason"),
    [
        ("TRUNCATE credits_entry", "append-only"),
        ("TRUNCATE credits_hdentry", "append-only"),
        ("TRUNCATE credits_account", "kept for good"),
        ("TRUNCATE accounts_user CASCADE", "append-only|kept for good"),
    ],
)
def test_the_ledger_is_never_emptied(account, sql, reason):
    run("SET CONSTRAINTS ALL IMMEDIATE")
    with pytest.raises(IntegrityError, match=reason):
        run(sql)


@pytest.mark.parametrize("change", [lambda: Entry.objects.update(amount=1), lambda: Entry.objects.first().delete()])
def test_not_through_django_either(account, change):
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        change()


def test_a_balance_is_never_negative(account):
    with pytest.raises(IntegrityError, match="balance_never_negative"):
        run("UPDATE credits_account SET balance = -1")


def test_a_key_moves_once(account):
    write(account=account, kind="grant", amount=1, balance_after=251)
    with pytest.raises(IntegrityError, match="a_key_moves_once"):
        write(account=account, kind="grant", amount=1, balance_after=252)


def test_a_share_settles_once_whatever_the_key(account):
    share = {"account": account.pk, "held": 4, "comparison": 148}
    services.release(7, 1, reason="failed", **share)
    with pytest.raises(IntegrityError, match="a_share_settles_once"):
        write(account=account, kind="capture", amount=0, held=-4, comparison=148, generation=7, round=1)


def test_a_share_is_held_once_whatever_the_key(owner, account):
    services.hold(owner, 4, key="retry", comparison=148, reason="again", generation=7, round=2)
    with pytest.raises(IntegrityError, match="a_share_is_held_once"), transaction.atomic():
        services.hold(owner, 4, key="another retry", comparison=148, reason="again", generation=7, round=2)


SHARE = {"comparison": 148, "generation": 7, "round": 1}


@pytest.mark.parametrize(
    "wrong",
    [
        {"kind": "grant", "amount": -5, "balance_after": 245},
        {"kind": "grant", "amount": 5, "held": 5, "balance_after": 255},
        {"kind": "hold", "amount": -5, "held": 4, "balance_after": 245, "comparison": 148},
        {"kind": "hold", "amount": -5, "held": 5, "balance_after": 245},
        {"kind": "hold", "amount": 5, "held": -5, "balance_after": 255, "comparison": 148},
        {"kind": "capture", "amount": 5, "held": -4, "balance_after": 255, **SHARE},
        {"kind": "capture", "amount": 0, "held": -4, "comparison": 148, "generation": 7},
        {"kind": "capture", "amount": 0, "held": -4, "generation": 7, "round": 1},
        {"kind": "release", "amount": 3, "held": -4, "balance_after": 253, **SHARE},
        {"kind": "release", "amount": 4, "held": -4, **SHARE},
        {"kind": "release", "amount": 4, "held": -4, "balance_after": -1, **SHARE},
        {"kind": "adjustment", "amount": 0, "balance_after": 250},
        {"kind": "adjustment", "amount": -4, "held": 4, "balance_after": 246},
        {"kind": "adjustment", "amount": 4, "balance_after": 254, **SHARE},
        {"kind": "expiry", "amount": 4, "balance_after": 254},
        {"kind": "refund", "amount": 4, "balance_after": 254, **SHARE},
        {"kind": "refund", "amount": 4, "balance_after": 254},
        {"kind": "gift", "amount": 5, "balance_after": 255},
    ],
)
def test_an_entry_has_the_shape_of_its_kind(account, wrong):
    with pytest.raises(IntegrityError):
        write(account=account, **wrong)
