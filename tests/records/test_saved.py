"""A view is opened by those it is for and by nobody else, and shows each what their own rights give."""

from typing import Any

import pytest

import make
from portulan.base.refusals import NotAllowed, NotThere
from portulan.people import rights
from portulan.people.actor import Actor
from portulan.people.sharing import Wanted
from portulan.records import saved
from portulan.records.models import View
from portulan.records.saved import ViewNotValid

pytestmark = pytest.mark.usefixtures("crm")


def person(name: str, *, role: str = "sales", team: str = "Nord") -> Actor:
    return make.acting(make.person(f"{name}@nordet.example", role=role, team=team))


def keep(actor: Actor, **more: Any) -> int:
    wanted = Wanted(**{"name": "À suivre", "search": {"filtres": ["stale"]}, **more})
    return saved.save(actor, object_name="opportunity", pipeline="vente", wanted=wanted, at=make.AT)


def names(actor: Actor) -> list[str]:
    return [one["name"] for one in saved.views(actor, object_name="opportunity", pipeline="vente")]


def test_a_view_is_opened_by_those_it_is_for() -> None:
    claire, bruno, manon = person("claire"), person("bruno"), person("manon", role="manager", team="Sud")
    keep(claire, name="Pour moi")
    keep(claire, name="Pour l’équipe", shared="team")
    keep(claire, name="Pour les commerciaux", shared="role", role="sales")
    assert names(claire) == ["Pour les commerciaux", "Pour l’équipe", "Pour moi"]
    assert names(bruno) == ["Pour les commerciaux", "Pour l’équipe"]
    assert names(manon) == []
    assert saved.views(claire, object_name="opportunity") == []


def test_only_its_author_and_administrators_change_a_view() -> None:
    claire, bruno = person("claire"), person("bruno")
    view, own = keep(claire, shared="team"), keep(claire)
    with pytest.raises(NotAllowed):
        saved.delete(bruno, id=view, at=make.AT)
    with pytest.raises(NotThere):
        saved.delete(bruno, id=own, at=make.AT)
    saved.change(claire, id=own, wanted=Wanted("Autre nom", {}), at=make.AT)
    saved.delete(claire, id=view, at=make.AT)
    assert names(claire) == ["Autre nom"]


@pytest.mark.parametrize(
    "more",
    [{"name": " "}, {"name": "x" * 81}, {"search": {"mots": "x" * 9000}}, {"shared": "role", "role": "adv"}],
)
def test_what_is_no_view_is_refused_with_its_reason(more: dict[str, Any]) -> None:
    with pytest.raises(ViewNotValid) as refused:
        keep(person("claire"), **more)
    assert len(refused.value.problems) == 1


def test_may_one_and_which_ones_agree_on_views() -> None:
    folk = [person("claire"), person("bruno"), person("manon", role="manager", team="Sud")]
    for shared in ("me", "team", "role"):
        keep(folk[0], shared=shared, role="sales")
    for actor in folk:
        for verb in ("read", "update", "delete"):
            seen = set(rights.visible(actor, verb, "view", View.objects.all()))
            assert seen == {one for one in View.objects.all() if rights.allows(actor, verb, "view", one)}
