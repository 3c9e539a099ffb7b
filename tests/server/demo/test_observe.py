"""The sales map as it is shows what is typed again, and every kind of gap with the one to be."""

from portulan.maps import starters
from portulan.maps.diff import diff
from portulan.maps.lint import lint
from portulan.server.demo.observe import observed


def test_the_map_as_it_is_holds_and_differs_from_the_one_to_be_in_every_way() -> None:
    drawn, wanted = observed(), starters.starter("vente")
    assert [found.code for found in lint(drawn) if found.severity == "error"] == []
    kinds = {change.kind for change in diff(drawn, wanted)}
    assert kinds == {"added", "removed", "moved", "changed", "renamed"}


def test_the_amount_and_the_need_are_typed_again_on_the_way() -> None:
    typed: dict[str, list[str]] = {}
    for step in observed().steps:
        for entry in step.information:
            if entry.use == "produced":
                typed.setdefault(entry.field or entry.label, []).append(step.id)
    again = {name: steps for name, steps in typed.items() if len(steps) > 1}
    assert again == {
        "amount": ["proposition_envoyee", "saisir_commande"],
        "Besoin exprimé": ["premier_contact", "demo_realisee"],
    }
