"""What the canvas shows is drawn for paper: one SVG, and PDF sheets on which letters stay readable."""

import re
import zlib
from datetime import date

import pytest
from defusedxml import ElementTree
from pydantic import ValidationError

from portulan.maps import starters
from portulan.maps.drawings import drawing
from portulan.maps.sight import DrawnBand, DrawnLine, DrawnPhase, DrawnShape, Sight

VENTE = starters.starter("vente")
ON = date(2026, 3, 2)


def sight(n: int, *, label: str = "Étape") -> Sight:
    shapes = [DrawnShape(label=f"{label} {i}", x=i * 230, y=30, w=172, h=62) for i in range(n)]
    return Sight(
        width=n * 230,
        height=120,
        bands=[DrawnBand(label="Commercial", y=0, h=120)],
        columns=[DrawnPhase(label="Découverte", x=0)],
        shapes=shapes,
        lines=[
            DrawnLine(points=[(i * 230 + 172, 61), ((i + 1) * 230, 61)], at=(i * 230 + 200, 61), said="3 j")
            for i in range(n - 1)
        ],
    )


def svg(shown: Sight) -> str:
    return drawing(VENTE, shown, paper="svg", lang="fr", on=ON).raw.decode()


def pages(pdf: bytes) -> int:
    packed = re.findall(rb"FlateDecode[^>]*>>\s*stream\r?\n(.*?)\r?\nendstream", pdf, re.DOTALL)
    unpacked = b"".join(zlib.decompressobj().decompress(one) for one in packed)
    return len(re.findall(rb"/Type\s*/Page\b(?!s)", pdf + unpacked))


def test_the_drawing_bears_its_title_its_date_its_lanes_and_every_step() -> None:
    texts = [
        one.text for one in ElementTree.fromstring(svg(sight(4))).iter("{http://www.w3.org/2000/svg}text")
    ]
    assert {"Cycle de vente", "Commercial", "Découverte", "Étape 3", "3 j"} <= set(texts)
    assert any("2 mars 2026" in text for text in texts if text)


def test_what_the_canvas_says_is_text_never_markup() -> None:
    drawn = svg(sight(1, label="<script>alert(1)</script>&"))
    assert "<script" not in drawn
    ElementTree.fromstring(drawn)


def test_the_legend_explains_the_colours_that_are_used_and_no_others() -> None:
    shown = sight(2)
    assert "En plus" not in svg(shown)
    added = shown.shapes[0].model_copy(update={"tone": "added", "frictions": 2})
    drawn = svg(shown.model_copy(update={"shapes": [added]}))
    assert "En plus" in drawn
    assert "Étape avec irritants" in drawn
    assert "Attente" not in drawn


def test_no_line_is_drawn_over_what_is_written_on_another() -> None:
    first, *_ = (shown := sight(3)).lines
    crossing = first.model_copy(update={"said": "", "points": [(200, 0), (200, 120)]})
    named = first.model_copy(update={"label": "Signer", "words": 20})
    drawn = svg(shown.model_copy(update={"lines": [named, crossing]}))
    assert drawn.index(">3 j<") > drawn.index("M200.0 0.0L200.0 120.0")
    assert 'y="81.0"' in drawn[: drawn.index(">Signer<")].rpartition("<text")[2]


@pytest.mark.parametrize(("steps", "paper", "sheets"), [(4, "a4", 1), (30, "a3", 3), (30, "a4", 5)])
def test_a_long_map_takes_as_many_sheets_as_it_needs_to_be_read(steps: int, paper: str, sheets: int) -> None:
    made = drawing(VENTE, sight(steps), paper=paper, lang="fr", on=ON)  # type: ignore[arg-type]
    assert made.raw.startswith(b"%PDF-")
    assert made.name == "vente.pdf"
    assert pages(made.raw) == sheets


@pytest.mark.parametrize("x", [float("nan"), float("inf"), 1e9])
def test_a_place_beyond_any_canvas_is_refused(x: float) -> None:
    with pytest.raises(ValidationError):
        DrawnShape(label="x", x=x, y=0, w=1, h=1)
