"""The start of the product."""

from django.apps import AppConfig

from portulan.server.wiring import wire


class ServerConfig(AppConfig):
    """Fills the registries once the tables are known."""

    name = "portulan.server"

    def ready(self) -> None:
        """Wire the rooms together."""
        wire()
