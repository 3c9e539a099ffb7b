"""The requirements document says what the maps ask for, with lasting numbers, links and what changed."""

import zipfile
from io import BytesIO

from docx import Document

from portulan.base import texts
from portulan.blueprint import base_model
from portulan.blueprint.compile import compile_maps
from portulan.brief.document import Brief, Heading, Sources, Table, Volume, Wait, document
from portulan.brief.pdf import html_of, write_pdf
from portulan.brief.requirements import key_of, numbered, requirements
from portulan.brief.word import write_docx
from portulan.maps import starters

MAPS = [starters.starter(name) for name in starters.NAMES]
BUILT = compile_maps(MAPS, base_model.load())
LINKS = {one.uid: f"https://crm.example/cartes/{one.uid}" for one in MAPS}
REQUIRED = numbered(requirements(MAPS, "fr"), {})
REFERENCES = {one.key: one.reference for one in REQUIRED}


def written(lang: str = "fr", **more: object) -> Brief:
    sources = Sources(MAPS, BUILT, links=LINKS, **more)  # type: ignore[arg-type]
    return document(sources, day="24 novembre 2026", lang=lang)


def rows(made: Brief) -> dict[str, tuple[str, bool]]:
    """Return the first line of each reference: its link, whether it is marked."""
    found: dict[str, tuple[str, bool]] = {}
    for table in (block for block in made.blocks if isinstance(block, Table)):
        for row in table.rows:
            found.setdefault(row.cells[0], (row.link, row.changed))
    return found


def headings(made: Brief) -> list[str]:
    return [block.text for block in made.blocks if isinstance(block, Heading)]


def test_every_criterion_and_every_step_is_a_requirement_that_leads_to_its_element() -> None:
    found = rows(written())
    for drawn in MAPS:
        for step in drawn.steps:
            for element in (step.id, *(one.id for one in (*step.entry, *step.exit))):
                link, _ = found[REFERENCES[key_of(drawn, element)]]
                assert link == f"{LINKS[drawn.uid]}?element={step.id}"


def test_every_scenario_is_an_acceptance_sheet_and_what_was_not_played_is_not_proven() -> None:
    said = headings(written())
    for drawn in MAPS:
        assert all(any(one.title in title for title in said) for one in drawn.scenarios)
    assert "non prouvé" in str(written())
    proven = {"vente": {"sc_salon": True}}
    assert "prouvé, le scénario passe" in str(written(proven=proven))


def test_what_changed_since_the_last_version_is_marked_and_what_is_gone_is_listed() -> None:
    first, *others = MAPS
    steps = tuple(
        step.model_copy(update={"exit": ()}) if step.id == "premier_contact" else step for step in first.steps
    )
    made = written(before=[first.model_copy(update={"steps": steps}), *others], since=1)
    assert rows(made)[REFERENCES["vente.cr_besoin"]][1]
    assert not rows(made)[REFERENCES["vente.cr_montant"]][1]
    more = first.model_copy(update={"title": "Avant", "uid": "avant", "promises": (), "scenarios": ()})
    assert "Retirée" in str(written(before=[*MAPS, more], since=1))
    assert "Retirée" not in str(written(before=MAPS, since=1))


def test_a_number_is_given_once_and_never_to_another() -> None:
    given = {"vente.gone": 900, REQUIRED[3].key: 7}
    again = numbered(REQUIRED, given)
    assert again[3].number == 7
    assert len({one.number for one in again}) == len(again)
    assert min(one.number for one in again if one.key not in given) == 901


def test_volumes_users_answers_and_words_are_said() -> None:
    made = str(
        written(
            volumes={"vente": Volume(12.4, 300, {"prospection": Wait(3.5, 8)})},
            users={"sales": 14},
            answers={("vente", "prospection"): ("On ressaisit tout",)},
            terms=[("Lead chaud", "Un lead dont la note dépasse 60.")],
        )
    )
    for said in ("12,4", "3,5 j, 8 dossiers en cours", "'14'", "On ressaisit tout", "Lead chaud"):
        assert said in made


def test_the_document_is_written_in_both_languages_as_word_and_pdf() -> None:
    for lang in texts.LANGUAGES:
        made = written(lang)
        file = Document(BytesIO(write_docx(made)))
        assert file.paragraphs[0].text == made.title
        links = zipfile.ZipFile(BytesIO(write_docx(made))).read("word/_rels/document.xml.rels").decode()
        assert "https://crm.example/cartes/vente?element=prospection" in links
    assert write_pdf(written()).startswith(b"%PDF")


def test_a_hostile_title_stays_text() -> None:
    drawn = MAPS[0].model_copy(update={"title": "<script>alert(1)</script>"})
    made = document(Sources([drawn], BUILT), day="", lang="fr")
    assert "<script>" not in html_of(made)
