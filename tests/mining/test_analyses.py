"""A saved analysis is opened by those it is for, changed by its author, and comes back when taken away."""

from typing import Any
from uuid import UUID

import pytest

import make
from portulan.base import ids
from portulan.base.refusals import NotThere, Refusal
from portulan.mining import analyses
from portulan.mining.models import Analysis, ImportedLog
from portulan.people import rights
from portulan.people.actor import Actor
from portulan.people.sharing import Wanted

pytestmark = pytest.mark.django_db
SLOW = {"filtres": [{"kind": "lasting", "least": 86400}], "chemins": 0.9}


def log() -> ImportedLog:
    return ImportedLog.objects.create(
        id=ids.uuid7(), name="Tickets", file_name="t.csv", suffix=".csv", file_bytes=1, created_at=make.AT
    )


def keep(actor: Actor, of: ImportedLog, **more: Any) -> str:
    wanted = Wanted(**{"name": "Les lents", "search": SLOW} | more)
    return analyses.save(actor, log_id=of.pk, wanted=wanted, at=make.AT).id


def names(actor: Actor, of: ImportedLog) -> list[str]:
    return [one.name for one in analyses.analyses(actor, log_id=of.pk)]


def test_an_analysis_is_opened_by_those_it_is_for() -> None:
    claire, bruno, alix = (
        make.actor(f"{name}@nordet.example", role=role)
        for name, role in (("claire.lambert", "sales"), ("bruno.petit", "sales"), ("alix.morel", "manager"))
    )
    of = log()
    keep(claire, of)
    keep(claire, of, name="Pour les commerciaux", shared="role", role="sales")
    assert names(claire, of) == ["Les lents", "Pour les commerciaux"]
    assert names(bruno, of) == ["Pour les commerciaux"]
    assert names(alix, of) == []
    for actor in (claire, bruno, alix):
        for verb in ("read", "update", "delete"):
            seen = set(rights.visible(actor, verb, "analysis", Analysis.objects.all()))
            assert seen == {
                one for one in Analysis.objects.all() if rights.allows(actor, verb, "analysis", one)
            }


def test_an_analysis_is_renamed_taken_away_and_put_back_by_its_author_alone() -> None:
    claire, bruno = (make.actor(f"{name}@nordet.example") for name in ("claire.lambert", "bruno.petit"))
    of = log()
    kept = UUID(keep(claire, of, shared="role", role="sales"))
    renamed = Wanted("Plus d’un jour", SLOW, "role", "sales")
    with pytest.raises(Refusal):
        analyses.change(bruno, analysis=kept, wanted=renamed, at=make.AT)
    assert analyses.change(claire, analysis=kept, wanted=renamed, at=make.AT).search == SLOW
    analyses.remove(claire, analysis=kept, at=make.AT)
    assert names(bruno, of) == []
    with pytest.raises(NotThere):
        analyses.restore(bruno, analysis=kept, at=make.AT)
    analyses.restore(claire, analysis=kept, at=make.AT)
    assert names(bruno, of) == ["Plus d’un jour"]


@pytest.mark.parametrize(
    "more",
    [
        {"name": " "},
        {"name": "x" * 81},
        {"shared": "role", "role": "direction"},
        {"search": {"filtres": [{"kind": "unknown"}]}},
        {"search": {"filtres": [], "carte": "x" * 9000}},
    ],
    ids=["no name", "long name", "another role", "unreadable filters", "too large"],
)
def test_what_is_no_analysis_is_refused(more: dict[str, Any]) -> None:
    with pytest.raises(Refusal):
        keep(make.actor(), log(), **more)
