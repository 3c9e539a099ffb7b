"""The start of the product."""

from importlib import import_module

from django.apps import AppConfig


class ServerConfig(AppConfig):
    """Fills the registries once the tables are known."""

    name = "portulan.server"

    def ready(self) -> None:
        """Wire the rooms together; what is wired has tables, so it is imported now and not before."""
        import_module("portulan.server.wiring").wire()
