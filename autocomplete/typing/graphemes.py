"""What a person sees as one character, so that Backspace never leaves half of an emoji."""

import regex

# Extended grapheme clusters of UAX #29: combining marks, joined emoji, flags, skin tones, Hangul.
_GRAPHEME = regex.compile(r"\X")

# No cluster worth keeping whole is longer. Even, so that a cut through a run of flags (two code
# points each) never pairs the halves of different flags.
_LOOKBACK = 256


def last_grapheme(before: str) -> int:
    """How many code points the last character of `before` takes; 0 when there is none."""
    clusters = _GRAPHEME.findall(before[-_LOOKBACK:])
    return len(clusters[-1]) if clusters else 0
