"""Which quotes and brackets open and which close: told by shape where possible, else counted."""

_OPENING_BRACKETS = frozenset("([{")

# Each opening quote and the marks that may close it: "straight", “English”, „German“, ‘single’,
# ‚einfach‘, «French», »Deutsch«. What closes in one language opens in another, hence the counting.
_CLOSED_BY = {
    '"': '"',
    "'": "'",
    "“": "”",
    "„": "“”",
    "‘": "’",
    "‚": "‘’",
    "«": "»",
    "»": "«",
    "‹": "›",
    "›": "‹",
}
# These never open, so they close even when the opening quote stands in an earlier paragraph.
_ALWAYS_CLOSING = frozenset(")]}”")
_MARKS = frozenset("".join(_CLOSED_BY) + "”’")

# No text nests quotes deeper; without an end, a row of opening quotes would cost its square.
_MAX_NESTED = 8


def opens(before: str) -> bool:
    """Whether `before` ends in a quote or bracket that opens."""
    if not before or before[-1] in _OPENING_BRACKETS:
        return bool(before)
    return before[-1] in _CLOSED_BY and _open_quotes(before)[-1:] == [len(before) - 1]


def closes(before: str, mark: str) -> bool:
    """Whether `mark`, put right behind `before`, is a quote or bracket that closes."""
    if mark in _ALWAYS_CLOSING:
        return True
    if mark not in _MARKS:
        return False
    return any(mark in _CLOSED_BY[before[place]] for place in _open_quotes(before))


def ends_closed(before: str) -> bool:
    """Whether `before` ends in a quote or bracket that closes."""
    return bool(before) and closes(before[:-1], before[-1])


def _open_quotes(text: str) -> list[int]:
    """Where in `text` the quotes stand that opened and are not closed yet, outermost first."""
    waiting: list[int] = []
    for place, mark in enumerate(text):
        if mark not in _MARKS:
            continue
        left, right = text[place - 1 : place], text[place + 1 : place + 2]
        if mark in "'’" and left.isalnum() and right.isalnum():
            continue  # the apostrophe of "don't"
        partners = [at for at, opener in enumerate(waiting) if mark in _CLOSED_BY[text[opener]]]
        if partners:
            del waiting[partners[-1] :]  # what was left open inside ends with it
        elif _may_open(mark, left, right):
            waiting = [*waiting[-_MAX_NESTED + 1 :], place]
    return waiting


def _may_open(mark: str, left: str, right: str) -> bool:
    """Whether `mark` between these neighbours ("" at an end) opens when nothing waits for it."""
    if mark == '"':
        return not left.isalnum()  # an inch mark, or the end of what another paragraph began
    if mark == "'":
        begins = not left or left.isspace() or left in _OPENING_BRACKETS or left in _CLOSED_BY
        return begins and not (right.isspace() or right.isdigit())  # not the '90s
    return mark in _CLOSED_BY
