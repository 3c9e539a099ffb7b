"""The API: one router per room, refusals turned into answers in one place."""

from ninja import NinjaAPI, Router

from portulan.api import (
    analyses,
    answers,
    approvals,
    assignment,
    automation,
    blueprint,
    connectors,
    conversion,
    deviations,
    documents,
    duplicates,
    exports,
    local,
    maps,
    measures,
    mending,
    mining,
    outside,
    people,
    plans,
    presences,
    privacy,
    quotes,
    records,
    session,
)
from portulan.api.actors import SessionOfPerson
from portulan.api.brief import document, evaluation, grids, rollout
from portulan.api.pages import kept, ledger, said, words

app = NinjaAPI(
    title="Portulan",
    version="1",
    description="Maps, blueprint, records, logs: everything the screens do.",
    docs_url=None,
    openapi_url="/openapi.json",
    urls_namespace="api",
    auth=SessionOfPerson(),
)
answers.answer_refusals(app)

ROUTERS: tuple[Router, ...] = (
    session.router,
    people.router,
    maps.router,
    presences.router,
    mending.router,
    blueprint.router,
    plans.router,
    local.router,
    document.router,
    grids.router,
    evaluation.router,
    rollout.router,
    exports.router,
    records.router,
    documents.router,
    conversion.router,
    quotes.router,
    duplicates.router,
    privacy.router,
    automation.router,
    approvals.router,
    assignment.router,
    outside.router,
    said.router,
    kept.router,
    ledger.router,
    words.router,
    measures.router,
    mining.router,
    analyses.router,
    deviations.router,
    connectors.router,
)
for _router in ROUTERS:
    app.add_router("", _router)
