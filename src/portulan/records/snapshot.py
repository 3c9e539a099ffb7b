"""What the code sees of one version of the blueprint: immutable, with its own models.

Owns the registry of the runtime models, which never enter the global one; relations to people resolve
to the real class.
"""

from dataclasses import dataclass
from typing import Any

from django.apps import apps as static
from django.apps.registry import Apps
from django.db.migrations.state import AppConfigStub, ProjectState
from django.db.models import Model

from portulan.base.refusals import NotThere
from portulan.blueprint.schema import Blueprint, Object, Pipeline
from portulan.records import links
from portulan.records import state as states
from portulan.records.columns import Kinds
from portulan.records.links import Linked


class RuntimeApps(Apps):
    """Holds the models of one version only."""

    def __init__(self, state: ProjectState) -> None:
        super().__init__([AppConfigStub(states.LABEL)])
        self.ready = False
        for model in state.models.values():
            model.render(self)
        self.ready = True
        self.clear_cache()

    def get_registered_model(self, app_label: str, model_name: str) -> type[Model]:
        """Return a model of this version, or a static one."""
        if app_label == states.LABEL:
            return super().get_registered_model(app_label, model_name)
        return static.get_registered_model(app_label, model_name)

    def get_model(
        self,
        app_label: str,
        model_name: str | None = None,
        require_ready: bool = True,  # noqa: FBT001, FBT002 - Django's signature
    ) -> type[Any]:
        """Return a model of this version, or a static one."""
        if app_label.partition(".")[0] == states.LABEL:
            return super().get_model(app_label, model_name, require_ready)
        return static.get_model(app_label, model_name, require_ready)


@dataclass(frozen=True)
class Snapshot:
    """One version of the blueprint and its models."""

    version: int
    blueprint: Blueprint
    apps: RuntimeApps

    def model(self, object_name: str) -> type[Any]:
        """Return the model of a live object."""
        return self.apps.get_model(states.LABEL, self.object(object_name).name)

    def object(self, name: str) -> Object:
        """Return a live object by its API name.

        :raises NotThere: when there is none.
        """
        for kind in self.blueprint.objects:
            if kind.name == name and not kind.archived:
                return kind
        raise NotThere

    def pipeline(self, uid: str) -> Pipeline:
        """Return a live pipeline.

        :raises NotThere: when there is none.
        """
        for one in self.blueprint.pipelines:
            if one.uid == uid and not one.archived:
                return one
        raise NotThere


def build(version: int, blueprint: Blueprint, kinds: Kinds) -> Snapshot:
    """Return the snapshot of a version."""
    apps = RuntimeApps(states.runtime(blueprint, kinds))
    for kind in (one for one in blueprint.objects if not one.archived):
        for field in links.fields_of(kind):
            pairs = apps.get_model(states.LABEL, states.pairs_name(kind, field))
            setattr(apps.get_model(states.LABEL, kind.name), field.name, Linked(field.name, pairs))
    return Snapshot(version, blueprint, apps)
