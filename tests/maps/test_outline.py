"""A map reads as an outline: every phase, step, passage and what they hold, as text and never as markup."""

from portulan.maps import starters
from portulan.maps.model import Lane, Map, Phase, Step
from portulan.maps.outline import outline

VENTE = starters.starter("vente")
SUPPORT = starters.starter("support")


def test_every_element_of_a_map_is_in_its_outline() -> None:
    for drawn in (VENTE, SUPPORT):
        text = outline(drawn, "fr")
        held = [
            *drawn.phases,
            *drawn.steps,
            *(
                one
                for step in drawn.steps
                for part in ("exit", "information", "frictions")
                for one in getattr(step, part)
            ),
        ]
        assert [one.label for one in held if one.label not in text] == []


def test_a_step_says_its_delays_its_criteria_and_where_it_leads() -> None:
    lines = outline(VENTE, "fr").splitlines()
    assert "*Commercial · décision · 80\u202f%*" in lines
    assert "- Délai visé\u202f: 10 jours ouvrés" in lines
    assert "- Critère de sortie\u202f: Le montant est positif (vérifié)" in lines
    assert "- Information\u202f: Conditions validées (obligatoire)" in lines
    assert "- → **Gagné** (Signer · Suite donnée\u202f: Prévenir le service client)" in lines


def test_an_outline_speaks_the_language_of_its_reader() -> None:
    assert "- Target delay: 10 working days" in outline(VENTE, "en").splitlines()


def test_a_label_is_text_whatever_it_holds() -> None:
    drawn = Map(
        uid="m",
        title="# <b>x</b>\n## y",
        lanes=(Lane(id="l", label="*l*"),),
        phases=(Phase(id="f", label="[f](u)"),),
        steps=(Step(id="s", label="`s`", lane="l", phase="nowhere"),),
    )
    assert outline(drawn, "fr").splitlines() == [
        r"# \# \<b\>x\</b\> \#\# y", "", r"## \[f\](u)", "", r"### \`s\`", "", r"*\*l\* · tâche*",
    ]  # fmt: skip
