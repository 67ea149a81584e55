"""What `load` returns: the models of one or several languages, and streams over them."""

import math
from collections.abc import Sequence

import numpy as np

from autocomplete.predict.hidden import Hidden
from autocomplete.predict.language import Language
from autocomplete.predict.stream import Stream
from autocomplete.predict.suggestion import Suggestion

# Tokens scored at once; each takes a number for every piece of the vocabulary.
_SCORED = 1024


class Completer:
    """Completes words in the languages it was loaded with."""

    def __init__(self, languages: Sequence[Language], *, offensive: bool = False) -> None:
        """`offensive`: whether insults and vulgar words are offered, too."""
        self._languages = tuple(languages)
        self._hides = Hidden(self._languages, offensive)

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages' names, as loaded."""
        return tuple(language.name for language in self._languages)

    def stream(self) -> Stream:
        """Begin a new text, empty."""
        return Stream(self._languages, self._hides)

    def suggest(self, text: str, count: int = 3) -> list[Suggestion]:
        """Give up to `count` words for the end of `text`, best first. For a text that goes on, a stream is faster."""
        stream = self.stream()
        stream.update(text)
        return stream.suggest(count)

    def bits(self, text: str) -> float:
        """Count the bits that the LSTM needs for the line `text` and its end. Divided by its characters, the
        end counted as one, that is bits per character.

        Several languages are a mixture: each explains the whole line, with equal shares.
        """
        logs = [_log_probability(language, text + "\n") for language in self._languages]
        top = max(logs)
        return -(top + math.log(sum(math.exp(log - top) for log in logs) / len(logs))) / math.log(2)


def _log_probability(language: Language, text: str) -> float:
    runtime, tokenizer = language.runtime, language.tokenizer
    tokens = tokenizer.encode(text)
    states = runtime.initial_state()
    previous, total = tokenizer.bos, 0.0
    for start in range(0, len(tokens), _SCORED):
        expected = tokens[start : start + _SCORED]
        behind = []
        for token in expected:
            projected, states = runtime.read([previous], states)
            behind.append(projected)
            previous = token
        logs = runtime.log_probabilities(np.stack(behind))
        total += float(logs[np.arange(len(expected)), expected].sum())
    return total
