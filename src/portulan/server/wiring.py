"""Where upper rooms give lower ones what they need: every registry is filled here, once, at start."""

from collections.abc import Iterator

from portulan.automation import (
    applying,
    approvals,
    building,
    duplicates,
    expiring,
    exports,
    heard,
    outbox,
    privacy,
    scenarios,
    soundness,
    staging,
)
from portulan.automation.jobs import JOBS
from portulan.automation.timing import running
from portulan.base.conditions.schema import ConditionSchema
from portulan.blueprint import queries as blueprint
from portulan.blueprint.policy import BlueprintPolicy
from portulan.blueprint.shapes import conditions_of
from portulan.brief.policy import BriefPolicy, GridPolicy
from portulan.connectors import erasing as imported_files
from portulan.connectors import operations as doors
from portulan.connectors import running as importing
from portulan.connectors.policy import ImportPolicy
from portulan.events import log
from portulan.maps import progress
from portulan.maps.discussed import MapTarget
from portulan.maps.policy import MapPolicy
from portulan.maps.worded import MapWords
from portulan.mining import decide, effects, modelling
from portulan.mining import erasing as log_files
from portulan.mining import operations as mining
from portulan.mining.policy import LogPolicy
from portulan.pages import glossary
from portulan.pages.policy import TermPolicy, ThreadPolicy
from portulan.pages.targets import TARGETS
from portulan.people import actor as actors
from portulan.people import rights, roles
from portulan.people.policy import PersonPolicy
from portulan.people.sharing import SharedPolicy
from portulan.records import (
    activities,
    agreement,
    consent,
    lines,
    meeting,
    runtime,
    saved,
    settling,
    sweeping,
    upkeep,
)
from portulan.records.policy import RecordPolicy
from portulan.records.users import USERS, Gone, Use
from portulan.records.worded import ViewWords


def wire() -> None:
    """Fill the registries of the product; doing it twice changes nothing."""
    TARGETS.register("map", _MAPS)
    TARGETS.register(upkeep.TARGET, _DATA)
    glossary.SCHEMAS.register("crm", _conditions)
    glossary.USERS.register("maps", _MAP_WORDS)
    glossary.USERS.register("views", _VIEW_WORDS)
    progress.IN_FORCE.register("blueprint", blueprint.in_force)
    roles.NAMES.register(roles.CRM, _role_names)
    for kind, policy in _POLICIES.items():
        rights.POLICIES.register(kind, policy)
    log.LISTENERS.register("activities", activities.note)
    log.LISTENERS.register("quotes", settling.note)
    log.LISTENERS.register("automation", outbox.note)
    log.LISTENERS.register("notices", heard.note)
    log.LISTENERS.register("effects", effects.note)
    USERS.register("views", saved.using)
    USERS.register("terms", _spoken)
    sweeping.SHELVES.register("exports", exports.forget)
    sweeping.SHELVES.register("imports", imported_files.sweep)
    sweeping.SHELVES.register("logs", log_files.sweep)
    consent.HOLDERS.register("approvals", approvals.holding)
    consent.HOLDERS.register("lines", lines.holding)
    consent.GIVEN.register("approvals", approvals.given)
    consent.GIVEN.register("quotes", agreement.agreed)
    meeting.PROMISES.register("clocks", running)
    JOBS.register(scenarios.RUN, scenarios.run)
    JOBS.register(staging.BUILD, staging.build)
    JOBS.register(applying.APPLY, building.run)
    JOBS.register(applying.UNDO, building.undo)
    JOBS.register(applying.TAKE, building.take)
    JOBS.register(mining.IMPORT, mining.run_import)
    JOBS.register(modelling.SEARCH, modelling.run)
    JOBS.register(effects.TELL, effects.tell)
    JOBS.register(decide.REMIND, decide.remind)
    JOBS.register(duplicates.LOOK, duplicates.look)
    JOBS.register(soundness.KEEP, soundness.keep)
    JOBS.register(exports.RUN, exports.run)
    JOBS.register(exports.SWEEP, exports.sweep)
    JOBS.register(expiring.EXPIRE, expiring.expire)
    JOBS.register(privacy.FORGET, privacy.forget)
    JOBS.register(privacy.FORGET_DUE, privacy.forget_due)
    JOBS.register(doors.LOOK, importing.look)
    JOBS.register(doors.RUN, importing.run)
    JOBS.register(doors.UNDO, importing.undo)


def _spoken(gone: Gone) -> Iterator[Use]:
    """Yield the words of the glossary whose condition names a part which goes."""
    for term in glossary.terms(actors.system()):
        for part in sorted(gone.in_json(term.object_name, term.condition)):
            yield Use(part, "term", term.word, term.owner.name if term.owner else "")


def _conditions() -> ConditionSchema:
    return conditions_of(runtime.current().blueprint)


def _role_names(lang: str) -> dict[str, str]:
    return {role.uid: role.label.say(lang) for role in runtime.newest().blueprint.roles}


#: One of each: filling twice finds the same things.
_MAPS, _DATA = MapTarget(), upkeep.UpkeepTarget()
_MAP_WORDS, _VIEW_WORDS = MapWords(), ViewWords()
_POLICIES: dict[str, rights.Policy] = {
    "map": MapPolicy(),
    "thread": ThreadPolicy(),
    "term": TermPolicy(),
    "log": LogPolicy(),
    "analysis": SharedPolicy(),
    "import": ImportPolicy(),
    "person": PersonPolicy(),
    "blueprint": BlueprintPolicy(),
    "brief": BriefPolicy(),
    "grid": GridPolicy(),
    "record": RecordPolicy(),
    "view": SharedPolicy(),
}
