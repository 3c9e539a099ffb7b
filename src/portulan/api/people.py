"""The front desk of people: who may sign in, their roles and teams, links to choose a password, seeing as."""

from typing import Annotated, Any

from django.http import HttpRequest, HttpResponse
from ninja import Router, Schema
from pydantic import Field

from portulan.api.actors import actor_of, look_as, look_as_oneself
from portulan.api.answers import as_json
from portulan.base import clock
from portulan.people import invitations, operations, queries
from portulan.people import roster as rosters
from portulan.records import granted

router = Router(tags=["people"])
Id = Annotated[int, Field(ge=1, lt=2**63)]
Name = Annotated[str, Field(max_length=150, pattern=r"^[^\x00]*$")]


class PersonOut(Schema):
    """A person as the screens show them."""

    id: int
    name: str
    email: str
    initials: str
    hue: int
    roles: list[str]


class InviteIn(Schema):
    """Whom to invite, with which roles and into which team."""

    email: Name
    name: Name
    roles: list[Name] = Field(default_factory=list)
    team: Name = ""


class PersonIn(Schema):
    """What to change of a person; what is not named stays."""

    roles: list[Name] | None = None
    territory: Name | None = None
    is_admin: bool | None = None
    is_active: bool | None = None


class TeamIn(Schema):
    """A team, made when it is new, and the team above it."""

    team: Name
    parent: Name = ""


class WelcomeIn(Schema):
    """A one-time link and the password chosen by it."""

    link: Annotated[str, Field(max_length=200)]
    password: Annotated[str, Field(max_length=200)]


@router.get("/people", response=list[PersonOut])
def directory(request: HttpRequest) -> Any:
    """Return the directory."""
    return queries.directory(actor_of(request))


@router.get("/roster")
def roster(request: HttpRequest) -> HttpResponse:
    """Return everybody who may or might sign in, and the teams."""
    return as_json(rosters.roster(actor_of(request)))


@router.post("/people", response={201: None})
def invite(request: HttpRequest, whom: InviteIn) -> HttpResponse:
    """Invite a person and return the one-time link by which they choose their password."""
    invited = invitations.Invited(**whom.dict())
    made, link = invitations.invite(actor_of(request), whom=invited, at=clock.now())
    return as_json({"id": made, "link": link}, status=201)


@router.patch("/people/{user_id}", response={204: None})
def change(request: HttpRequest, user_id: Id, person: PersonIn) -> HttpResponse:
    """Change the roles, the territory or the access of a person."""
    wanted = operations.Change(**person.dict())
    operations.change(actor_of(request), user_id=user_id, change=wanted, at=clock.now())
    return HttpResponse(status=204)


@router.post("/people/{user_id}/reset")
def reset(request: HttpRequest, user_id: Id) -> HttpResponse:
    """Close a person’s password and return the one-time link to choose another."""
    return as_json({"link": invitations.reset(actor_of(request), user_id=user_id, at=clock.now())})


@router.post("/people/{user_id}/teams", response={204: None})
def join(request: HttpRequest, user_id: Id, team: TeamIn) -> HttpResponse:
    """Place a person in a team, made when it is new."""
    operations.join_team(actor_of(request), user_id=user_id, team=team.team, parent=team.parent or None)
    return HttpResponse(status=204)


@router.delete("/people/{user_id}/teams/{team_id}", response={204: None})
def leave(request: HttpRequest, user_id: Id, team_id: Id) -> HttpResponse:
    """Take a person out of a team."""
    operations.leave_team(actor_of(request), user_id=user_id, team_id=team_id)
    return HttpResponse(status=204)


@router.get("/people/{user_id}/rights")
def rights(request: HttpRequest, user_id: Id) -> HttpResponse:
    """Return what a person may do, object by object, and through which of their roles."""
    return as_json(granted.granted(actor_of(request), user_id=user_id))


@router.post("/people/{user_id}/see", response={204: None})
def see(request: HttpRequest, user_id: Id) -> HttpResponse:
    """Look through the eyes of a person from now on, without changing anything."""
    look_as(request, user_id)
    return HttpResponse(status=204)


@router.post("/session/myself", response={204: None})
def myself(request: HttpRequest) -> HttpResponse:
    """Look through one’s own eyes again."""
    look_as_oneself(request)
    return HttpResponse(status=204)


@router.post("/welcome", auth=None)
def welcome(request: HttpRequest, chosen: WelcomeIn) -> Any:  # noqa: ARG001 - the link says who
    """Set the password of whom a one-time link was made for and return their e-mail."""
    email = invitations.welcome(chosen.link, password=chosen.password, at=clock.now())
    return as_json({"email": email})
