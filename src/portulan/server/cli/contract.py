"""The command about the contract between the server and the screens: the API as one document."""

import json

import typer

from portulan.api.app import app as api


def document() -> str:
    """Return the OpenAPI document of the API, always written the same way."""
    described = api.get_openapi_schema()
    return json.dumps(described, ensure_ascii=False, indent=1, sort_keys=True, default=str) + "\n"


def openapi() -> None:
    """Print the OpenAPI document of the API."""
    typer.echo(document(), nl=False)
