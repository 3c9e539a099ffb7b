"""The addresses of the product: the API, and the front for everything else."""

from django.urls import URLPattern, URLResolver, include, path, re_path

from portulan.api.app import app
from portulan.server.front_view import front

urlpatterns: list[URLPattern | URLResolver] = [
    path("api/", app.urls),
    path("_allauth/", include("allauth.headless.urls")),
    re_path(r"^(?P<path>(?!api/|_allauth/|static/).*)$", front),
]
