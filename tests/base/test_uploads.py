"""What people send is bounded while it arrives, and its name never leads anywhere."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from portulan.base import uploads
from portulan.base.refusals import NotValid

MEGABYTE = 1024**2


class TooLarge(NotValid):
    """The file is too large."""

    code = "test.too_large"


def test_pieces_become_a_file(tmp_path: Path) -> None:
    path = tmp_path / "new" / "file"
    assert uploads.receive([b"ab", b"", b"c"], path, most=3, too_large=TooLarge) == 3
    assert path.read_bytes() == b"abc"


def test_a_file_without_end_is_refused_at_the_limit(tmp_path: Path) -> None:
    def endless() -> Iterator[bytes]:
        while True:
            yield bytes(MEGABYTE)

    with pytest.raises(TooLarge) as refused:
        uploads.receive(endless(), tmp_path / "file", most=2 * MEGABYTE, too_large=TooLarge)
    assert refused.value.facts == {"limit": 2}
    assert (tmp_path / "file").stat().st_size <= 2 * MEGABYTE


@pytest.mark.parametrize(
    ("sent", "plain"),
    [
        ("C:\\me\\log.csv", "log.csv"),
        ("../../etc/passwd", "passwd"),
        ("a\0b\n.csv", "ab.csv"),
        ("", ""),
    ],
)
def test_a_name_has_no_folder_and_no_control_character(sent: str, plain: str) -> None:
    assert uploads.plain(sent) == plain
