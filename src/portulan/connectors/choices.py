"""What a person decides about an import: what each column is, how records are known, what to do.

Pure: a frozen value that travels as JSON and is remembered for the next file with the same columns.
"""

from typing import Literal

from pydantic import Field

from portulan.base.value import Value

#: Targets that are no field: the id of another tool, the stage, when it was reached, when it all began.
EXTERNAL, STAGE, MOVED_AT, CREATED_AT = "external_id", "stage", "moved_at", "created_at"
SPECIAL = (EXTERNAL, STAGE, MOVED_AT, CREATED_AT)
Mode = Literal["both", "create", "update"]


class Choices(Value):
    """How a file becomes records.

    `columns`: header → API name of a field or a special target; what is not there is left out.
    `title`: columns that name a record together, when none is its name. `keys`: by what a record already
    there is known, in order. `source`: whose external ids they are. `fill`: only fields that are empty
    change. `lenient`: a value that misfits is left out instead of refusing its line. `live`: rules learn of
    it. `motive`: why closed gates are passed. `make`: links whose records are made when nobody knows them.
    """

    columns: dict[str, str]
    title: tuple[str, ...] = ()
    keys: tuple[str, ...] = ()
    source: str = Field(default="", max_length=40, pattern=r"^[^\x00]*$")
    mode: Mode = "both"
    fill: bool = False
    lenient: bool = False
    clean: bool = True
    live: bool = False
    pipeline: str | None = None
    make: tuple[str, ...] = ()
    motive: str = Field(default="", max_length=2000, pattern=r"^[^\x00]*$")
    day_first: bool | None = None
