"""The sheet that a vendor fills as a guest, by its link: no account, and nothing but its own answers."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import File, Router, Schema
from ninja.files import UploadedFile
from ninja.security import APIKeyHeader

from portulan.api.brief.grids import FileOut, ScoreIn
from portulan.base import clock
from portulan.brief import invitations, proofs
from portulan.brief.criteria import Theme
from portulan.brief.proofs import Sent
from portulan.brief.scoring import Given

router = Router(tags=["brief"])
#: What a request of a guest weighs at most: a proof and its form.
_MOST_BYTES = proofs.MOST_BYTES + 64 * 1024


class LinkOfVendor(APIKeyHeader):
    """The key of a guest: the token of its link, in a header so that no address that is logged holds it.

    It is asked before the body of the request is read: nobody else sends us files.
    """

    param_name = "X-Evaluation"

    def authenticate(self, request: HttpRequest, key: str | None) -> str:
        """Return the token of a link that leads somewhere.

        :raises InvitationOver: when it leads nowhere, or no more.
        :raises ProofTooLarge: when the request announces more than a proof.
        """
        invitations.enter(key or "", address=_address(request), at=clock.now())
        if int(request.META.get("CONTENT_LENGTH") or 0) > _MOST_BYTES:
            raise proofs.ProofTooLarge(limit=proofs.MOST_BYTES // 1024**2)
        return key or ""


GUEST = LinkOfVendor()


class QuestionOut(Schema):
    """What a guest is asked, and what it answered; `settled`: the team has the last word on it."""

    id: UUID
    theme: Theme
    label: str
    detail: str
    score: int | None
    proof: str
    link: str
    file: str
    settled: bool


class SheetOut(Schema):
    """Everything that a guest sees."""

    title: str
    vendor: str
    ends_at: datetime
    questions: list[QuestionOut]


@router.get("/evaluation", response=SheetOut, auth=GUEST)
def guest_sheet(request: HttpRequest, response: HttpResponse) -> Any:
    """Return what the guest of a link fills in."""
    response.headers["Cache-Control"] = "no-store"
    return invitations.sheet(_token(request), address=_address(request), at=clock.now())


@router.put("/evaluation/{uuid:criterion}", response={204: None}, auth=GUEST)
def guest_answer(request: HttpRequest, criterion: UUID, body: ScoreIn) -> None:
    """Answer one question of the sheet."""
    given = Given(**body.dict())
    invitations.answer(
        _token(request), address=_address(request), criterion=criterion, given=given, at=clock.now()
    )


@router.post("/evaluation/{uuid:criterion}/proof", response=FileOut, auth=GUEST)
def guest_proof(request: HttpRequest, criterion: UUID, file: File[UploadedFile]) -> Any:
    """Keep a file that a guest sends as a proof."""
    sent = Sent(file.name or "", file.chunks())
    name = invitations.attach(
        _token(request), address=_address(request), criterion=criterion, file=sent, at=clock.now()
    )
    return {"name": name}


def _token(request: HttpRequest) -> str:
    return str(request.auth)  # type: ignore[attr-defined]


def _address(request: HttpRequest) -> str:
    return str(request.META.get("REMOTE_ADDR", ""))
