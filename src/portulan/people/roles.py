"""What the roles of the company are called, given by the room that knows them."""

from collections.abc import Callable, Mapping

from portulan.base.registry import Registry

#: The names of roles by uid, in a language.
NAMES: Registry[Callable[[str], Mapping[str, str]]] = Registry("names of roles")
CRM = "crm"


def names(lang: str) -> Mapping[str, str]:
    """Return what people call the roles of the company, by uid."""
    return NAMES.get(CRM)(lang)


def name(role: str, lang: str) -> str:
    """Return what people call a role; its uid when the company has none of it."""
    return names(lang).get(role, role)
