"""Refusals as HTTP answers, in one place: `application/problem+json`, in the person's language."""

from collections.abc import Iterable
from typing import Any

import orjson
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.utils.http import content_disposition_header
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError

from portulan.base import texts
from portulan.base.refusals import Problem, Refusal

_UNPROCESSABLE, _FORBIDDEN = 422, 403
CSV = "text/csv; charset=utf-8"


def answer_refusals(app: NinjaAPI) -> None:
    """Have an API answer every refusal as a problem; anything else stays a bug."""
    app.exception_handler(Refusal)(_refused)
    app.exception_handler(ValidationError)(_misshapen)
    app.exception_handler(HttpError)(_denied)


def as_json(data: Any, *, status: int = 200) -> HttpResponse:
    """Return data as it is, without the cost of a schema: for lists, boards and records."""
    return HttpResponse(orjson.dumps(data), status=status, content_type="application/json")


def language(request: HttpRequest) -> str:
    """Return the language of the person signed in, else the one the browser asks for, else French."""
    asked = getattr(request.user, "lang", None) or request.headers.get("Accept-Language", "fr")[:2]
    return asked if asked in texts.LANGUAGES else "fr"


def as_file(raw: bytes | str, name: str, kind: str) -> HttpResponse:
    """Return a file to be saved under a name, never shown."""
    return HttpResponse(raw, content_type=kind, headers=_to_save(name))


def as_pieces(pieces: Iterable[str | bytes], name: str, kind: str) -> StreamingHttpResponse:
    """Return a file to be saved under a name, sent while it is made."""
    return StreamingHttpResponse(pieces, content_type=kind, headers=_to_save(name))


def _to_save(name: str) -> dict[str, str]:
    disposition = content_disposition_header(as_attachment=True, filename=name)
    return {"Content-Disposition": str(disposition), "X-Content-Type-Options": "nosniff"}


def _refused(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    lang = language(request)
    return _problem(
        refusal.status,
        refusal.code,
        refusal.say(lang),
        [_reason(p, lang) for p in refusal.problems],
        refusal.details,
    )


def _misshapen(request: HttpRequest, error: ValidationError) -> HttpResponse:
    reasons = [
        {"where": "/".join(map(str, one["loc"])), "code": one["type"], "detail": one["msg"]}
        for one in error.errors
    ]
    sentence = texts.say("base.not_valid", language(request))
    return _problem(_UNPROCESSABLE, "base.not_valid", sentence, reasons, {})


def _denied(request: HttpRequest, error: HttpError) -> HttpResponse:
    code = "base.not_allowed" if error.status_code == _FORBIDDEN else "base.not_valid"
    return _problem(error.status_code, code, texts.say(code, language(request)), [], {})


def _reason(problem: Problem, lang: str) -> dict[str, str]:
    return {"where": problem.where, "code": problem.code, "detail": problem.say(lang)}


def _problem(
    status: int, code: str, title: str, problems: list[dict[str, str]], details: Any
) -> HttpResponse:
    body = {
        "type": "about:blank",
        "status": status,
        "code": code,
        "title": title,
        "problems": problems,
        "details": details,
    }
    raw = orjson.dumps(body, default=str)
    return HttpResponse(raw, status=status, content_type="application/problem+json")
