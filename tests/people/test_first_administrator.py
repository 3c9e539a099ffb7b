"""The first administrator is one, however many ask at once."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

import make
from portulan.people import operations
from portulan.people.models import User


@pytest.mark.skipif(connection.vendor == "sqlite", reason="in memory, SQLite refuses instead of waiting")
@pytest.mark.django_db(transaction=True)
def test_of_four_who_ask_at_once_one_becomes_the_administrator() -> None:
    with ThreadPoolExecutor(4) as pool:
        told = list(pool.map(ask, range(4)))
    assert sorted(told) == [False, False, False, True]
    assert User.objects.filter(is_admin=True).count() == 1


def ask(n: int) -> bool:
    email = f"alix.morel{n}@nordet.example"
    try:
        operations.create_first_administrator(
            email=email, name="Alix Morel", password=make.PASSWORD, at=make.AT
        )
    except operations.AdministratorExists:
        return False
    finally:
        connection.close()
    return True
