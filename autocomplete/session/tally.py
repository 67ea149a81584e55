"""Keys really pressed against characters that arrived in the text: what the suggestions saved."""


class Tally:
    """Counts since the start of this text; pasted and loaded text counts on neither side.

    keys: pressed. characters: that arrived by them.
    """

    def __init__(self) -> None:
        self.keys = 0
        self.characters = 0

    def add(self, characters: int) -> None:
        """One key changed the text's length by `characters`."""
        self.keys += 1
        self.characters += characters

    @property
    def saved(self) -> int:
        """Keystrokes saved so far; never below zero."""
        return max(0, self.characters - self.keys)

    @property
    def share(self) -> float:
        """Keystrokes saved as a share of the characters that arrived, 0 to 1."""
        return self.saved / self.characters if self.characters > 0 else 0.0
