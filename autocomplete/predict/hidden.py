"""Which words are not offered, however probable they are."""

from collections.abc import Sequence

from autocomplete.predict.language import Language
from autocomplete.text.folding import fold
from autocomplete.text.offensive import offensive_words


class Hidden:
    """Says of a word whether it is hidden: the user never wants it, it may be a secret, or it is offensive."""

    def __init__(self, languages: Sequence[Language], offensive: bool) -> None:
        """`offensive`: whether offensive words are offered."""
        self._layers = [language.personal for language in languages if language.personal]
        lists = () if offensive else (offensive_words(language.name) for language in languages)
        self._offensive = frozenset[str]().union(*lists)

    def __call__(self, word: str) -> bool:
        if fold(word) in self._offensive:
            return True
        if not self._layers:  # the shipped models know no secrets: what they learned from was public
            return False
        from autocomplete.privacy import looks_secret

        return any(layer.hides(word) for layer in self._layers) or looks_secret(word)
