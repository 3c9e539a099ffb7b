"""The requirements document as a Word file."""

from io import BytesIO
from typing import Any

from docx import Document
from docx.enum.text import WD_COLOR_INDEX
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml.ns import qn
from docx.oxml.parser import OxmlElement

from portulan.brief.document import Block, Brief, Heading, Paragraph, Row


def write_docx(brief: Brief) -> bytes:
    """Return the document as the bytes of a .docx file; what changed is highlighted."""
    document: Any = Document()
    document.add_heading(brief.title, 0)
    document.add_paragraph(brief.subtitle)
    for block in brief.blocks:
        _block(document, block)
    file = BytesIO()
    document.save(file)
    return file.getvalue()


def _block(document: Any, block: Block) -> None:
    if isinstance(block, Heading):
        document.add_heading(block.text, block.level)
    elif isinstance(block, Paragraph):
        document.add_paragraph(block.text)
    else:
        table = document.add_table(rows=1, cols=len(block.titles), style="Light Grid Accent 1")
        for cell, title in zip(table.rows[0].cells, block.titles, strict=True):
            cell.text = title
        for row in block.rows:
            _row(table.add_row().cells, row)


def _row(cells: Any, row: Row) -> None:
    for index, (cell, text) in enumerate(zip(cells, row.cells, strict=True)):
        if index == 0 and row.link:
            _link(cell.paragraphs[0], text, row.link)
        else:
            run = cell.paragraphs[0].add_run(text)
            if row.changed:
                run.font.highlight_color = WD_COLOR_INDEX.YELLOW


def _link(paragraph: Any, text: str, address: str) -> None:
    """Add a link to a paragraph: Word keeps its address apart, as a relation of the document."""
    relation = paragraph.part.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
    link = OxmlElement("w:hyperlink")
    link.set(qn("r:id"), relation)
    run = paragraph.add_run(text)
    run.font.underline = True
    link.append(run._r)  # noqa: SLF001 - the only way to the element of a run
    paragraph._p.append(link)  # noqa: SLF001 - same
