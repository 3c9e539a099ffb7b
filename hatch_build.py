"""Build of the wheel: the kernels of mining are compiled where a C compiler is at hand, else left out."""

import os
import platform
import shutil
import subprocess
import sysconfig
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

_FOLDER = Path("src/portulan/mining")
_SOURCES = ("kernels.c", "scan.c")
_BUILT = _FOLDER / "libkernels.so"


class Kernels(BuildHookInterface[Any]):
    """Compiles one shared library without Python in it: a wheel then fits a platform, not a version."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002 - the hook's shape
        """Compile, or build without: numpy then does the work."""
        if self.target_name != "wheel" or not _compiled(Path(self.root)):
            return
        tag = sysconfig.get_platform().replace("-", "_").replace(".", "_")
        build_data.update(pure_python=False, tag=f"py3-none-{tag}")
        build_data["artifacts"].append(str(_BUILT))


def _compiled(root: Path) -> bool:
    """Return whether the library was built; it takes its name only when it is whole."""
    (root / _BUILT).unlink(missing_ok=True)
    compiler = os.environ.get("CC") or next(filter(shutil.which, ("cc", "gcc", "clang")), None)
    if compiler is None or platform.system() == "Windows":
        return False
    making = root / _BUILT.with_suffix(".part")
    sources = [str(root / _FOLDER / name) for name in _SOURCES]
    command = [*compiler.split(), "-O3", "-ffp-contract=off", "-shared", "-fPIC", "-o", str(making), *sources]
    try:
        subprocess.run(command, check=True, capture_output=True)  # noqa: S603 - the person's own compiler
    except (OSError, subprocess.CalledProcessError):
        making.unlink(missing_ok=True)
        return False
    making.replace(root / _BUILT)
    return True
