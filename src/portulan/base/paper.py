"""HTML laid out on paper, as a PDF, by WeasyPrint where the machine has its libraries.

Owns the way to paper. Refuses to fetch anything: what is printed holds all that it needs.
"""

from importlib import import_module
from typing import Any

from portulan.base.refusals import NotNow


class PdfNotHere(NotNow):
    """The machine lacks the libraries that lay out a PDF."""

    code = "base.pdf_not_here"


def write_pdf(html: str) -> bytes:
    """Return the bytes of a PDF.

    :raises PdfNotHere: when the machine lacks Pango.
    """
    try:
        weasyprint: Any = import_module("weasyprint")
    except OSError as error:
        raise PdfNotHere from error
    written: bytes = weasyprint.HTML(string=html, url_fetcher=_nothing).write_pdf()
    return written


def _nothing(url: str, *_more: Any, **_options: Any) -> Any:
    raise ValueError(url)
