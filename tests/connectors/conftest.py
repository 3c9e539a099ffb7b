"""Imports here fill the small CRM of `sale`; files lie in a folder of the test."""

from pathlib import Path
from typing import Any

import pytest

import make
from portulan.people.actor import Actor
from portulan.people.models import User
from sale import crm

__all__ = ["crm"]


@pytest.fixture(autouse=True)
def data(settings: Any, tmp_path: Path) -> Path:
    """Keep what is uploaded in a folder of its own."""
    settings.DATA_DIR = tmp_path
    return tmp_path


@pytest.fixture
def alix() -> Actor:
    person = make.person("alix.morel@nordet.example")
    User.objects.filter(pk=person).update(is_admin=True)
    return make.acting(person)
