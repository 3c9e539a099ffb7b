"""Who may sign in, with their roles and teams, for those who manage people."""

from typing import Any

from portulan.people import queries, rights
from portulan.people.actor import Actor
from portulan.people.models import Team, User


def roster(actor: Actor) -> dict[str, Any]:
    """Return every person, those whose access is closed last, and the teams, in four queries.

    :raises NotAllowed: when the actor manages nobody.
    """
    rights.require(actor, "manage", "person")
    users = rights.visible(actor, "manage", "person", User.objects.order_by("-is_active", "name"))
    found = users.prefetch_related("grants", "memberships")
    return {
        "people": [_person(user) for user in found],
        "teams": [
            {"id": team.pk, "name": team.name, "parent": team.parent_id}
            for team in Team.objects.order_by("name")
        ],
    }


def _person(user: User) -> dict[str, Any]:
    return {
        "id": user.pk,
        "name": user.name,
        "email": user.email,
        "initials": queries.initials(user.name),
        "hue": user.hue,
        "roles": sorted(grant.role for grant in user.grants.all()),
        "teams": sorted(one.team_id for one in user.memberships.all()),
        "territory": user.territory,
        "is_admin": user.is_admin,
        "is_active": user.is_active,
        "may_sign_in": user.has_usable_password(),
        "last_login": user.last_login and user.last_login.isoformat(),
    }
