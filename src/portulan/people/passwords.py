"""Which passwords may be used: long enough and not common, as the settings say."""

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from portulan.base.refusals import Problem


def problems_of(password: str) -> list[Problem]:
    """Return why a password may not be used, nothing when it may."""
    try:
        validate_password(password)
    except ValidationError:
        return [Problem("password", "people.password_weak")]
    return []
