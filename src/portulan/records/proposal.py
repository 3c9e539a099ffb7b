"""What a lead would become: values carried over to an account, a contact and a deal; who is there.

Pure reading. A field goes over to the field of the same uid and kind; names are made of the lead’s company
and name. Only fields that the actor reads on the lead and writes on the other side are carried.
"""

from collections.abc import Mapping
from typing import Any

from portulan.blueprint.schema import Field, Object
from portulan.people.actor import Actor
from portulan.records import conversion, duplicates, queries, runtime, scope, sight, values

#: The fields of a lead by uid, each with its value.
Read = Mapping[str, tuple[Field, Any]]
#: What is made of the names of the lead, or belongs to the person rather than to the company.
_OWN: Mapping[str, frozenset[str]] = {
    conversion.ACCOUNT: frozenset({"name", "email", "phone"}),
    conversion.CONTACT: frozenset({"name", "first_name"}),
    conversion.DEAL: frozenset({"name"}),
}


def proposal(actor: Actor, *, row_id: int) -> dict[str, Any]:
    """Return the values of what a lead would become, who is there already, and what it became if it did.

    :raises NotThere: when the actor may not see the lead, or the CRM has no leads.
    """
    lead = conversion.object_of(conversion.LEAD)
    found = queries.get_record(actor, object_name=lead.name, row_id=row_id)
    read = {one.uid: (one, found["values"].get(one.name)) for one in sight.of(actor, lead).fields}
    company, person = (str(read[uid][1] or "").strip() if uid in read else "" for uid in ("company", "name"))
    first, _, last = person.rpartition(" ")
    names: Mapping[str, dict[str, Any]] = {
        conversion.ACCOUNT: {"name": company or person},
        conversion.CONTACT: {"name": last, "first_name": first},
        conversion.DEAL: {"name": company or person},
    }
    mail = read["email"][1] if "email" in read else None
    hints = {conversion.ACCOUNT: {"email": mail}}
    return {
        "version": found["version"],
        "converted": conversion.find_conversion(actor, row_id=row_id),
        **{uid: _part(actor, uid, read, given, hints.get(uid, {})) for uid, given in names.items()},
    }


def _part(
    actor: Actor, uid: str, read: Read, given: Mapping[str, Any], hints: Mapping[str, Any]
) -> dict[str, Any]:
    kind = conversion.object_of(uid)
    writable = scope.writable(runtime.current().blueprint, actor, kind)
    carried = {
        one.name: read[one.uid][1]
        for one in values.live(kind).values()
        if one.name in writable - _OWN[uid] and one.uid in read and _fits(one, *read[one.uid])
    }
    proposed = {**carried, **_by_name(kind, given)}
    found = duplicates.duplicates(actor, object_name=kind.name, given={**_by_name(kind, hints), **proposed})
    return {"object": kind.name, "values": proposed, "found": found}


def _by_name(kind: Object, hints: Mapping[str, Any]) -> dict[str, Any]:
    return {one.name: hints[one.uid] for one in values.live(kind).values() if hints.get(one.uid)}


def _fits(target: Field, source: Field, value: Any) -> bool:
    """Return whether a value of a field may stand in another of the same uid."""
    if value in (None, "", []) or target.system or (target.type, target.to) != (source.type, source.to):
        return False
    known = {one.id for one in target.choices}
    return not known or set(value if isinstance(value, list) else [value]) <= known
