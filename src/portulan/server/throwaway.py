"""Settings of a throw-away house: the product on a database in memory, where nobody signs in."""

from portulan.server.settings import *  # noqa: F403
from portulan.server.settings import INSTALLED_APPS as _ALL

DATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}}
INSTALLED_APPS = [name for name in _ALL if not name.startswith("allauth")]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
