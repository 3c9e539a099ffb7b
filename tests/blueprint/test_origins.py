"""Which elements of maps a blueprint is made of: steps and passages, never what lies in the bin."""

from portulan.blueprint import base_model
from portulan.blueprint.compile import compile_maps
from portulan.blueprint.origins import elements
from portulan.maps import starters


def test_every_step_and_what_hangs_on_it_is_an_element_of_what_is_built() -> None:
    drawn = starters.starter("vente")
    found = elements(compile_maps([drawn], base_model.load()))
    assert {("vente", one.id) for one in drawn.steps if one.kind != "gateway"} <= found
    assert {process for process, _ in found} == {"vente"}


def test_what_lies_in_the_bin_counts_for_nothing() -> None:
    built = compile_maps([starters.starter("vente")], base_model.load())
    gone = tuple(one.model_copy(update={"archived": True}) for one in built.pipelines)
    left = elements(built.model_copy(update={"pipelines": gone}))
    assert ("vente", "qualification") not in left
