"""What is being written may become a secret with its next words: half an address, a street without its number."""

import re

# "anna.mei", "Lindenallee", "anna at", "sunshine is my": in each case with the words that could begin a secret.
_JOINING = (
    r"at|ät|bei|in|im|an|am|auf|dot|punkt|is|was|ist|war|as|als|the|my|our|das|mein|unser|der|des|dem|den|von|zum|zur|und|and|"
    r"still|now|noch|jetzt"
)
_TAIL = re.compile(rf"(?:\S+\s+(?:(?:{_JOINING})\s+)*(?:{_JOINING})\s+)?\S*\Z")
_NAME_OR_NUMBER = re.compile(r"[^\w\s]*(?:[^\W\d_a-zß-öø-ÿ]|\d)\S*\s*\Z|\S*[@._/:+][^\s]*\w\S*\s*\Z")
_REACH = 200  # characters


def unfinished(before: str) -> int:
    """Where the part of a text begins that must not be learned yet, since it may go on at the end of `before`.

    That is the last token, what joins it to the one before, and the capitalized words and numbers before these.
    """
    offset = max(0, len(before) - _REACH)
    text = before[offset:]
    tail = _TAIL.search(text)
    end = tail.start() if tail else len(text)
    while match := _NAME_OR_NUMBER.search(text, _last_token(text, end), end):
        end = match.start()
    return offset + end


def _last_token(text: str, end: int) -> int:
    """Where the token begins that stands at `end` or before spaces there."""
    stripped = len(text[:end].rstrip())
    return max(text.rfind(" ", 0, stripped), text.rfind("\t", 0, stripped), text.rfind("\n", 0, stripped)) + 1
