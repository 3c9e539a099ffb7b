"""What holds of every value that travels as JSON."""

import json

from hypothesis import given
from hypothesis import strategies as st

from portulan.base.value import holds_nul


@given(st.text(st.sampled_from('\0\\u0a"')))
def test_a_nul_is_told_from_the_letters_that_write_it(text: str) -> None:
    assert holds_nul(json.dumps({"label": text})) == ("\0" in text)
