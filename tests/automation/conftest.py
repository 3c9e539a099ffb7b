"""A sale with rules, in force: the sales starter and what each test asks to happen by itself."""

from collections.abc import Callable, Iterator

import pytest

import make
from portulan.automation import worker
from portulan.blueprint import base_model
from portulan.blueprint.compile import compile_maps
from portulan.blueprint.schema import Rule
from portulan.maps import starters
from portulan.people import actor as actors
from portulan.records import apply, plan, runtime
from portulan.records.snapshot import Snapshot
from postman import postman
from sale import crm

__all__ = ["crm", "postman", "ruled", "settle"]

Ruled = Callable[..., Snapshot]


@pytest.fixture
def ruled(transactional_db: None) -> Iterator[Ruled]:
    """Put rules into force over the sales map, pin the result, and return its snapshot."""
    pinned = []

    def put(*rules: Rule, names: tuple[str, ...] = ("vente",)) -> Snapshot:
        wanted = compile_maps([starters.starter(name) for name in names], base_model.load())
        if rules:
            wanted = wanted.model_copy(update={"rules": rules})
        apply.apply(actors.system(), planned=plan.plan(actors.system(), runtime.newest(), wanted), at=make.AT)
        snapshot = runtime.newest()
        scope = runtime.pinned(snapshot)
        scope.__enter__()
        pinned.append(scope)
        return snapshot

    yield put
    for scope in reversed(pinned):
        scope.__exit__(None, None, None)
    make.no_crm()


@pytest.fixture
def settle() -> Callable[..., int]:
    """Let everything about rules happen that is due."""
    return worker.settle
