"""Steps of an open profile that can be taken back; in memory only, for nothing that was forgotten stays on disk."""

from collections import deque

from autocomplete.profile.store import Before, Store

_MOST_STEPS = 100


class History:
    """The last steps: what each was, in words, and the rows as they were before."""

    def __init__(self) -> None:
        self._steps: deque[tuple[str, list[Before]]] = deque(maxlen=_MOST_STEPS)

    def note(self, what: str, before: list[Before]) -> None:
        """Remember a step that changed something."""
        if before:
            self._steps.append((what, before))

    def undo(self, store: Store) -> str | None:
        """Put the rows of the last step back; gives what it was, None if there is none. A step that fails stays."""
        if not self._steps:
            return None
        what, before = self._steps[-1]
        with store.transaction():
            store.restore(before)
        self._steps.pop()
        return what

    def clear(self) -> None:
        """Forget all steps: their rows may belong to what is gone."""
        self._steps.clear()
