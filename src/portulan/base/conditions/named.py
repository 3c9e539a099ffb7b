"""The words of the glossary inside JSON that holds conditions: which are used, what they mean from now on."""

from collections.abc import Iterator
from typing import Any


def words_in(value: Any) -> Iterator[str]:
    """Yield the terms that a JSON value uses, wherever its conditions lie."""
    if isinstance(value, dict):
        if _is_named(value):
            yield value["term"]
        for one in value.values():
            yield from words_in(one)
    elif isinstance(value, list):
        for one in value:
            yield from words_in(one)


def reworded(value: Any, term: str, meaning: dict[str, Any]) -> Any:
    """Return a JSON value in which a term means what is given."""
    if isinstance(value, dict):
        if _is_named(value) and value["term"] == term:
            return meaning
        return {key: reworded(one, term, meaning) for key, one in value.items()}
    if isinstance(value, list):
        return [reworded(one, term, meaning) for one in value]
    return value


def _is_named(value: dict[str, Any]) -> bool:
    return isinstance(value.get("term"), str) and "all" in value and "word" in value
