"""The requirements document as a PDF."""

from html import escape

from portulan.base import paper
from portulan.brief.document import Block, Brief, Heading, Paragraph, Row, Table

_STYLE = """
@page { size: A4; margin: 18mm 16mm; @bottom-right { content: counter(page); font-size: 8pt } }
body { font: 9.5pt/1.45 'DejaVu Sans', sans-serif; color: #222 }
h1 { font-size: 15pt; margin: 18pt 0 6pt; break-after: avoid }
h2 { font-size: 11.5pt; margin: 12pt 0 4pt; break-after: avoid }
.title { font-size: 24pt; margin-top: 40mm }
table { table-layout: fixed; border-collapse: collapse; width: 100%; font-size: 8pt }
th, td { border: .5pt solid #ccc; padding: 3pt 4pt; text-align: left; vertical-align: top }
td { overflow-wrap: anywhere }
th { background: #f2f2f2 }
tr { break-inside: avoid }
.changed td { background: #fff3bf }
a { color: #24408e; text-decoration: none }
"""


def write_pdf(brief: Brief) -> bytes:
    """Return the document as the bytes of a PDF; what changed is highlighted."""
    return paper.write_pdf(html_of(brief))


def html_of(brief: Brief) -> str:
    """Return the document as one page of HTML, every text escaped."""
    blocks = "".join(map(_block, brief.blocks))
    head = f"<meta charset=utf-8><title>{escape(brief.title)}</title><style>{_STYLE}</style>"
    return f"{head}<h1 class=title>{escape(brief.title)}</h1><p>{escape(brief.subtitle)}</p>{blocks}"


def _block(block: Block) -> str:
    if isinstance(block, Heading):
        return f"<h{block.level}>{escape(block.text)}</h{block.level}>"
    if isinstance(block, Paragraph):
        return f"<p>{escape(block.text)}</p>"
    return _table(block)


def _table(table: Table) -> str:
    titles = "".join(f"<th>{escape(one)}</th>" for one in table.titles)
    return f"<table><thead><tr>{titles}</tr></thead>{''.join(map(_row, table.rows))}</table>"


def _row(row: Row) -> str:
    first, *others = (escape(cell) for cell in row.cells)
    if row.link:
        first = f'<a href="{escape(row.link)}">{first}</a>'
    cells = "".join(f"<td>{cell}</td>" for cell in (first, *others))
    return f"<tr{' class=changed' if row.changed else ''}>{cells}</tr>"
