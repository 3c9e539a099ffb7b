"""The requirements document says what the maps ask for, with lasting ids, links and what changed."""

import zipfile
from io import BytesIO

from docx import Document

from portulan.base import texts
from portulan.blueprint import base_model
from portulan.blueprint.brief import Brief, Heading, Sources, Table, brief
from portulan.blueprint.brief_docx import write_docx
from portulan.blueprint.brief_pdf import html_of, write_pdf
from portulan.blueprint.compile import compile_maps
from portulan.maps import starters

MAPS = [starters.starter(name) for name in starters.NAMES]
BUILT = compile_maps(MAPS, base_model.load())
LINKS = {one.uid: f"https://crm.example/cartes/{one.uid}" for one in MAPS}


def written(lang: str = "fr", **more: object) -> Brief:
    return brief(Sources(MAPS, BUILT, links=LINKS, **more), day="24 novembre 2026", lang=lang)  # type: ignore[arg-type]


def rows(made: Brief) -> dict[str, tuple[str, bool]]:
    tables = [block for block in made.blocks if isinstance(block, Table)]
    return {row.cells[0]: (row.link, row.changed) for table in tables for row in table.rows}


def headings(made: Brief) -> list[str]:
    return [block.text for block in made.blocks if isinstance(block, Heading)]


def test_every_criterion_and_every_step_is_a_requirement_that_leads_to_its_element() -> None:
    found = rows(written())
    for drawn in MAPS:
        for step in drawn.steps:
            for element in (step.id, *(one.id for one in (*step.entry, *step.exit))):
                link, _ = found[f"{drawn.uid}.{element}".upper().replace("_", "-")]
                assert link == f"{LINKS[drawn.uid]}?element={step.id}"


def test_every_scenario_is_an_acceptance_sheet_and_what_was_not_played_is_not_proven() -> None:
    said = headings(written())
    for drawn in MAPS:
        assert all(any(one.title in title for title in said) for one in drawn.scenarios)
    assert "non prouvé" in str(written())
    proven = {"vente": {"sc_salon": True}}
    assert "prouvé, le scénario passe" in str(written(proven=proven))


def test_what_changed_since_the_version_before_is_marked() -> None:
    first, *_ = MAPS
    steps = tuple(
        step.model_copy(update={"exit": ()}) if step.id == "premier_contact" else step for step in first.steps
    )
    before = first.model_copy(update={"steps": steps})
    found = rows(written(before={"vente": before}))
    assert found["VENTE.CR-BESOIN"][1]
    assert not found["VENTE.CR-MONTANT"][1]


def test_the_document_is_written_in_both_languages_as_word_and_pdf() -> None:
    for lang in texts.LANGUAGES:
        made = written(lang)
        document = Document(BytesIO(write_docx(made)))
        assert document.paragraphs[0].text == made.title
        links = zipfile.ZipFile(BytesIO(write_docx(made))).read("word/_rels/document.xml.rels").decode()
        assert "https://crm.example/cartes/vente?element=prospection" in links
    assert write_pdf(written()).startswith(b"%PDF")


def test_a_hostile_title_stays_text() -> None:
    drawn = MAPS[0].model_copy(update={"title": "<script>alert(1)</script>"})
    made = brief(Sources([drawn], BUILT), day="", lang="fr")
    assert "<script>" not in html_of(made)
