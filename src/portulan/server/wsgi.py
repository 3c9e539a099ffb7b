"""The synchronous door: API, pages and the built front."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portulan.server.settings")
application = get_wsgi_application()
