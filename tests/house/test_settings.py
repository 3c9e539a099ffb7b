"""Every setting that the code reads has its line in the documentation, and no other has."""

import re
from pathlib import Path

import portulan

SOURCE = Path(portulan.__file__).parent
PAGE = Path(__file__).parents[2] / "docs" / "settings.md"
NAME = re.compile(r'env[.]\w+\(\s*"([A-Z_]+)"')


def test_every_setting_has_its_line_and_every_line_its_setting() -> None:
    read = {name for path in SOURCE.rglob("*.py") for name in NAME.findall(path.read_text(encoding="utf-8"))}
    told = set(re.findall(r"^\| `([A-Z_]+)` \|", PAGE.read_text(encoding="utf-8"), re.MULTILINE))
    assert read == told
