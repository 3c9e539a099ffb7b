"""Files that prove a score: kept under a name of ours, only documents and pictures, given back to be saved.

Owns what is hostile in them: size, kind and name. They lie in the storage of documents, a folder or a bucket.
Nothing is ever shown in the browser.
"""

import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path, PurePath
from uuid import UUID

from django.core.files import File
from django.core.files.storage import storages

from portulan.base import ids, uploads
from portulan.base.refusals import NotThere, NotValid, Problem

MOST_BYTES = 5 * 1024**2
KINDS = frozenset(
    {".pdf", ".png", ".jpg", ".jpeg", ".docx", ".xlsx", ".pptx", ".odt", ".ods", ".txt", ".csv"}
)


class ProofTooLarge(NotValid):
    """The file is larger than a proof may be."""

    code = "brief.proof_too_large"


class ProofNotValid(NotValid):
    """The file is no document and no picture."""

    code = "brief.score_not_valid"


@dataclass(frozen=True)
class Sent:
    """A file as somebody sends it."""

    name: str
    chunks: Iterable[bytes]


@dataclass(frozen=True)
class Kept:
    """A file as it is kept."""

    id: UUID
    name: str


def keep(sent: Sent) -> Kept:
    """Keep a file and return what it is called.

    :raises ProofNotValid: when it is no document and no picture.
    :raises ProofTooLarge: when it is too large.
    """
    name = uploads.plain(sent.name)
    if PurePath(name).suffix.lower() not in KINDS:
        raise ProofNotValid(Problem("file", "brief.proof_kind", {"kinds": ", ".join(sorted(KINDS))}))
    kept = Kept(ids.uuid7(), name)
    with tempfile.TemporaryDirectory() as folder:
        arriving = Path(folder) / "arriving"
        uploads.receive(sent.chunks, arriving, most=MOST_BYTES, too_large=ProofTooLarge)
        with arriving.open("rb") as content:
            storages["documents"].save(_place(kept.id), File(content))
    return kept


def forget(proof: UUID | None) -> None:
    """Delete a file that proves nothing any more."""
    if proof is not None:
        storages["documents"].delete(_place(proof))


def read(proof: UUID) -> bytes:
    """Return the bytes of a file.

    :raises NotThere: when it is kept no more.
    """
    try:
        with storages["documents"].open(_place(proof)) as content:
            return bytes(content.read())
    except FileNotFoundError as error:
        raise NotThere from error


def _place(proof: UUID) -> str:
    return f"proofs/{proof.hex}"
