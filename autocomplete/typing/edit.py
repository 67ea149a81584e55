"""What the typing rules answer with: a replacement in the paragraph and a place for the cursor."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Edit:
    """Replace `text[start:end]` by `text`; then the cursor stands at `cursor`.

    All offsets count code points from the start of the paragraph; `cursor` counts in the paragraph
    as it is after the replacement. An edit with `start == end` and no text changes nothing.
    """

    start: int
    end: int
    text: str
    cursor: int
