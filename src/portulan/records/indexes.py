"""Indexes that the product has learnt to want since the tables were made: built where they lack."""

from typing import Any

from django.db import connection

from portulan.blueprint.schema import Blueprint
from portulan.records import runtime, state


def build_missing(blueprint: Blueprint) -> list[str]:
    """Build the indexes that the tables of a blueprint lack, and return their names."""
    uids = [kind.uid for kind in blueprint.objects]
    physical = state.physical(blueprint, runtime.kind_of, only=uids, stubs=())
    built = []
    with connection.schema_editor() as editor:
        for uid in uids:
            model: Any = physical.apps.get_model(state.LABEL, uid)
            with connection.cursor() as cursor:
                known = connection.introspection.get_constraints(cursor, model._meta.db_table)  # noqa: SLF001
            for index in model._meta.indexes:  # noqa: SLF001 - Django's documented API
                if index.name not in known:
                    editor.add_index(model, index)
                    built.append(index.name)
    return built
