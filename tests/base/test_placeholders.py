"""Words in a text stand for values; nothing else is understood, and what is filled in is never read again."""

from hypothesis import given
from hypothesis import strategies as st

from portulan.base import placeholders

TEXT = "Bonjour {{ contact.first_name }}, {{amount}} et {{amount}}"


def test_the_names_that_a_text_asks_for_are_told_once() -> None:
    assert placeholders.names(TEXT) == ("contact.first_name", "amount")
    assert placeholders.misfits(TEXT) == ()


def test_what_is_no_name_is_told_and_left_alone() -> None:
    odd = "{{ 1 + 1 }} {{__class__}} {{a.b.c.d.e}} {{ }} {{"
    assert placeholders.names(odd) == ()
    assert len(placeholders.misfits(odd)) == 5
    assert placeholders.fill(odd, lambda _: "!") == odd


@given(st.text(alphabet="{}ab. "))
def test_what_is_filled_in_is_never_read_again(value: str) -> None:
    assert placeholders.fill("<{{a}}>", lambda _: value + "{{a}}") == f"<{value}{{{{a}}}}>"
