"""Taking a word out of a line, and what becomes of the spans."""

from hypothesis import given
from hypothesis import strategies as st

from autocomplete.profile.redaction import find, replace_word
from autocomplete.text.line import Line, Span

TEXTS = st.lists(
    st.sampled_from(["Ada", "ada", "ADA's", "Ädä", "Ada-Haus", "ball", " ", ", ", "-", "\ufffc", "é"])
).map("".join)


@given(TEXTS, st.sampled_from(["Ada", "é", "Ada-Haus"]))
def test_what_was_taken_out_is_not_found_again(text, word) -> None:
    left = replace_word(Line(text, "en", 0.0), word)
    assert not list(find(left.text if left else text, word))


@given(TEXTS, st.data())
def test_spans_stay_in_the_line_and_cover_the_same_letters(text, data) -> None:
    cuts = sorted(data.draw(st.tuples(st.integers(0, len(text)), st.integers(0, len(text)))))
    before = Line(text, "en", 0.0, (Span(*cuts, 1.0),))
    after = replace_word(before, "ada") or before
    (span,) = after.spans
    assert 0 <= span.start <= span.end <= len(after.text)
    places = [(start, end) for start, _, end in find(text, "ada")]
    if not any(start < cut < end for start, end in places for cut in cuts):
        covered = [text[at] for at in range(*cuts)]
        for start, end in places:
            if cuts[0] <= start and end <= cuts[1]:
                covered[start - cuts[0] : end - cuts[0]] = ["\ufffc", *[""] * (end - start - 1)]
        assert after.text[span.start : span.end] == "".join(covered)
