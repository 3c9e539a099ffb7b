"""A map leaves as BPMN 2.0 and comes back the same; drawings of others become maps, hostile files do not."""

from pathlib import Path
from typing import Any

import pm4py
import pytest
from hypothesis import given, settings

from drawings import DURATIONS, drawings
from portulan.base.durations import Duration
from portulan.maps import codec, lint, starters
from portulan.maps.bpmn import times
from portulan.maps.bpmn.files import to_bpmn
from portulan.maps.bpmn.read import Read, read
from portulan.maps.bpmn.source import LARGEST, BpmnNotReadable
from portulan.maps.bpmn.write import MapNotExportable
from portulan.maps.codec import MapNotReadable
from portulan.maps.diff import diff
from portulan.maps.layout import Layout, Position
from portulan.maps.model import (
    Map,
)

LOGS = Path(__file__).parents[3] / "shared/data/logs"


def back(raw: bytes) -> Read:
    return read(raw, state="as_is", lang="fr")


@settings(deadline=None, max_examples=60)
@given(drawings())
def test_a_map_that_leaves_and_comes_back_is_the_same_map(drawing: tuple[Map, Layout]) -> None:
    drawn, layout = drawing
    found = back(to_bpmn(drawn, layout))
    assert (found.map, found.layout, found.left_out, found.ours) == (drawn, layout, (), True)


@settings(deadline=None, max_examples=40)
@given(drawings(), drawings())
def test_every_difference_of_two_maps_is_said_and_a_map_read_again_has_none(
    one: tuple[Map, Layout], other: tuple[Map, Layout]
) -> None:
    old, new = one[0], other[0]
    assert codec.read(codec.dump(new)) == new
    changes = diff(old, new)
    assert bool(changes) == (old.model_copy(update={"state": new.state}) != new)
    assert all(change.say(lang) for change in changes for lang in ("fr", "en"))


@pytest.mark.parametrize("name", starters.NAMES)
def test_a_starter_comes_back_and_another_tool_reads_it(name: str, tmp_path: Path) -> None:
    drawn = starters.starter(name)
    raw = to_bpmn(drawn, Layout())
    assert back(raw).map == drawn
    path = tmp_path / "carte.bpmn"
    path.write_bytes(raw)
    graph = pm4py.read_bpmn(str(path))
    names = {node.get_name() for node in graph.get_nodes()}
    assert {one.label for one in drawn.steps} <= names
    assert len(graph.get_flows()) >= len(drawn.passages)


def test_what_another_tool_renames_moves_and_adds_is_kept_with_all_that_it_does_not_know() -> None:
    drawn = starters.starter("vente")
    text = to_bpmn(drawn, Layout()).decode()
    text = text.replace('name="Négociation"', 'name="Négocier"')
    ref = "<bpmn:flowNodeRef>step.{}</bpmn:flowNodeRef>"
    moved, kept = ref.format("negociation"), ref.format("gagne")
    text = text.replace(moved, "").replace(kept, moved + kept)
    task = '<bpmn:task id="T1" name="Relire"/>'
    added = f'{task}<bpmn:sequenceFlow id="F1" sourceRef="step.gagne" targetRef="T1"/>'
    text = text.replace("</bpmn:process>", f"{added}</bpmn:process>")
    found = back(text.encode()).map
    before, after = drawn.step("negociation"), found.step("negociation")
    assert after == before.model_copy(update={"label": "Négocier", "lane": "adv"})
    assert (found.step("relire").lane, found.step("relire").phase) == ("commercial", "decouverte")
    assert ("gagne", "relire") in {(way.source, way.target) for way in found.passages}


def test_a_shape_that_another_tool_moves_stands_where_it_put_it() -> None:
    drawn = starters.starter("vente")
    raw = to_bpmn(drawn, Layout(positions={"negociation": Position(x=100, y=50)}))
    moved = raw.replace(b'x="100.0" y="50.0" width', b'x="300.0" y="90.0" width')
    assert moved != raw
    assert back(moved).layout.positions == {"negociation": Position(x=300, y=90, placed=True)}


FOREIGN = """<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"
    xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" targetNamespace="urn:x">
  <collaboration id="C"><participant id="P2" name="Client"/>
    <participant id="P1" name="Recouvrement" processRef="A"/>
    <participant id="P3" name="Banque" processRef="B"/>
    <messageFlow id="M1" name="Virement" sourceRef="pay" targetRef="check"/>
    <messageFlow id="M2" name="Facture" sourceRef="send" targetRef="P2"/></collaboration>
  <process id="A"><laneSet id="LS">
    <lane id="L1" name="Comptable"><flowNodeRef>s</flowNodeRef><flowNodeRef>send</flowNodeRef>
      <flowNodeRef>wait</flowNodeRef><flowNodeRef>g</flowNodeRef><flowNodeRef>j</flowNodeRef></lane>
      <lane id="L2" name="Juriste"><flowNodeRef>sue</flowNodeRef><flowNodeRef>check</flowNodeRef>
      <flowNodeRef>e1</flowNodeRef><flowNodeRef>e2</flowNodeRef></lane></laneSet>
    <startEvent id="s"/>
    <sendTask id="send" name="Envoyer la facture"><documentation>Par courriel.</documentation>
      <dataOutputAssociation id="do"><targetRef>dr</targetRef></dataOutputAssociation>
      <dataInputAssociation id="di"><sourceRef>ds</sourceRef><targetRef>x</targetRef></dataInputAssociation>
    </sendTask>
    <boundaryEvent id="b" attachedToRef="send"><timerEventDefinition><timeDuration>P1M</timeDuration>
      </timerEventDefinition></boundaryEvent>
    <dataObject id="d"/><dataObjectReference id="dr" name="Facture" dataObjectRef="d"/>
    <dataStoreReference id="ds" name="ERP"/>
    <intermediateCatchEvent id="wait" name="Attendre"><timerEventDefinition>
      <timeDuration xsi:type="tFormalExpression">P30D</timeDuration></timerEventDefinition>
    </intermediateCatchEvent>
    <exclusiveGateway id="g" name="Payé ?"/><exclusiveGateway id="j"/>
    <subProcess id="sue" name="Poursuivre"><task id="in" name="Assigner"/></subProcess>
    <task id="check" name="Vérifier"/>
    <endEvent id="e1" name="Encaissé"/>
    <endEvent id="e2" name="Perdu"><errorEventDefinition/></endEvent>
    <textAnnotation id="t"><text>Note</text></textAnnotation>
    <sequenceFlow id="f1" sourceRef="s" targetRef="send"/>
    <sequenceFlow id="f2" sourceRef="send" targetRef="wait"/>
    <sequenceFlow id="f3" sourceRef="wait" targetRef="g"/>
    <sequenceFlow id="f4" name="oui" sourceRef="g" targetRef="j">
      <conditionExpression xsi:type="tFormalExpression">solde = 0</conditionExpression></sequenceFlow>
    <sequenceFlow id="f5" sourceRef="g" targetRef="sue">
      <conditionExpression xsi:type="tFormalExpression">solde &gt; 0</conditionExpression></sequenceFlow>
    <sequenceFlow id="f6" sourceRef="j" targetRef="e1"/>
    <sequenceFlow id="f7" sourceRef="check" targetRef="j"/>
    <sequenceFlow id="f8" sourceRef="sue" targetRef="e2"/>
    <sequenceFlow id="f9" sourceRef="b" targetRef="sue"/>
  </process>
  <process id="B"><task id="pay" name="Payer"/></process>
</definitions>"""


def test_pools_lanes_gateways_events_timers_and_data_of_another_tool_become_a_map() -> None:
    found = read(FOREIGN.encode(), state="to_be", lang="fr", taken={"verifier"})
    drawn = found.map
    assert (drawn.title, drawn.state, found.ours) == ("Recouvrement", "to_be", False)
    assert [lane.label for lane in drawn.lanes] == ["Comptable", "Juriste", "Banque"]
    assert [(one.id, one.kind, one.begins) for one in drawn.steps] == [
        ("envoyer_la_facture", "task", True),
        ("attendre", "wait", False),
        ("paye", "gateway", False),
        ("poursuivre", "task", False),
        ("verifier_2", "task", False),
        ("encaisse", "closed", False),
        ("perdu", "lost", False),
        ("payer", "task", False),
    ]
    assert {(one.source, one.target, one.label) for one in drawn.passages} == {
        ("envoyer_la_facture", "attendre", ""),
        ("attendre", "paye", ""),
        ("paye", "encaisse", "oui"),
        ("paye", "poursuivre", "solde > 0"),
        ("verifier_2", "encaisse", ""),
        ("poursuivre", "perdu", ""),
        ("envoyer_la_facture", "poursuivre", ""),
        ("payer", "verifier_2", "Virement"),
    }
    (timed,) = (one.fires_after for one in drawn.passages if one.fires_after)
    assert timed == Duration(amount=1, unit="months")
    first = drawn.steps[0]
    assert (first.description, [one.label for one in first.information]) == ("Par courriel.", ["Facture"])
    assert [one.label for one in first.systems] == ["ERP"]
    assert drawn.steps[1].delays.target == Duration(amount=30, unit="days")


def test_what_has_no_place_on_a_map_is_told() -> None:
    assert back(FOREIGN.encode()).left_out == (
        "«\u202fPoursuivre\u202f»\u202f: son contenu (1 élément) n’est pas repris, l’étape reste entière.",
        "1 note ou groupe n’est pas repris.",
        (
            "«\u202foui\u202f»\u202f: la condition «\u202fsolde = 0\u202f» n’est pas reprise, "
            "redites-la sur le passage."
        ),
        "Le lien «\u202fFacture\u202f» ne relie pas deux étapes\u202f: il n’est pas repris.",
    )


@pytest.mark.parametrize(
    ("name", "tasks", "placed"), [("running-example.bpmn", 8, True), ("receipt.bpmn", 27, False)]
)
def test_a_drawing_discovered_elsewhere_is_a_map_without_errors(
    name: str, tasks: int, *, placed: bool
) -> None:
    path = LOGS / name
    if not path.exists():
        pytest.skip("the public logs are not beside the project")
    found = read(path.read_bytes(), state="as_is", lang="fr", name="Dessin")
    assert found.map.title == "Dessin"
    assert sum(one.kind == "task" for one in found.map.steps) == tasks
    codes = {one.code for one in lint.lint(found.map) if one.severity == "error"}
    assert codes == {"maps.gateway_without_criteria"}
    assert len(found.layout.positions) == len(found.map.steps)
    assert {one.placed for one in found.layout.positions.values()} == {placed}
    assert back(to_bpmn(found.map, found.layout)).map == found.map


BOMB = b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><definitions>&b;</definitions>'
ENTITY = b'<!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/passwd">]><definitions>&f;</definitions>'


@pytest.mark.parametrize(
    "raw",
    [b"", b"not xml", b"<a/>", BOMB, ENTITY, b"<?xml version='1.0' encoding='nothing'?><a/>", b"\xff\xfe\x00",
     b'<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"/>', b"<a>" * 100_000,
     b" " * (LARGEST + 1)],
)  # fmt: skip
def test_a_file_that_is_no_drawing_is_refused_with_its_cause(raw: bytes) -> None:
    with pytest.raises(BpmnNotReadable) as refused:
        back(raw)
    assert all(problem.say(lang) for problem in refused.value.problems for lang in ("fr", "en"))


def test_a_drawing_larger_than_any_map_is_refused() -> None:
    tasks = "".join(f'<task id="t{n}"/>' for n in range(2_001))
    space = "http://www.omg.org/spec/BPMN/20100524/MODEL"
    raw = f'<definitions xmlns="{space}"><process>{tasks}</process></definitions>'
    with pytest.raises(BpmnNotReadable):
        back(raw.encode())


def kept(value: str) -> bytes:
    """A file of ours whose properties somebody wrote by hand."""
    return (
        '<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:p="urn:portulan:map:1">'
        f'<process id="x"><extensionElements><p:map id="x">{value}</p:map></extensionElements></process>'
        "</definitions>"
    ).encode()


@pytest.mark.parametrize(
    "value",
    ["[", "[]", "1", '{"phases": 1}', '{"phases": [1]}', '{"positions": 2}', '{"zzz": 1}', "[" * 9999],
)
def test_properties_that_somebody_damaged_are_refused(value: str) -> None:
    with pytest.raises((BpmnNotReadable, MapNotReadable)):
        back(kept(value))


def test_a_map_whose_elements_do_not_name_each_other_does_not_leave() -> None:
    drawn = starters.starter("vente")
    with pytest.raises(MapNotExportable) as refused:
        to_bpmn(drawn.model_copy(update={"lanes": drawn.lanes[1:]}), Layout())
    assert {problem.code for problem in refused.value.problems} == {"maps.no_lane"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("P1Y", (12, "months")), ("P2W", (2, "weeks")), ("P14D", (14, "days")), ("PT90M", (90, "minutes")),
        ("P1DT12H", (36, "hours")), ("PT2H", (2, "hours")), ("P1Y10D", (375, "days")), ("R3/PT1H", None),
        ("", None), ("P", None), ("PT", None), ("${delay}", None), ("P" + "9" * 400 + "D", None),
    ],
)  # fmt: skip
def test_a_duration_is_read_in_the_unit_that_says_it_whole(text: str, expected: Any) -> None:
    found = times.find(text)
    assert (found and (found.amount, found.unit)) == expected


@settings(deadline=None)
@given(DURATIONS.filter(bool))
def test_a_duration_written_is_a_duration_read(duration: Duration) -> None:
    found = times.find(times.write(duration))
    assert found is not None
    assert found.unit == {"working_hours": "hours", "working_days": "days"}.get(duration.unit, duration.unit)
