"""A profile as the predictions in one language see it."""

from autocomplete.adaptation.user_model import UserModel
from autocomplete.profile.profile import Profile
from autocomplete.text.folding import fold


class ProfileLayer:
    """What the user wrote in one language, and the words that they do not want or that were forgotten."""

    def __init__(self, profile: Profile, language: str) -> None:
        self._profile, self._language = profile, language
        profile.written(language)  # read now, not at the first key
        self._never: frozenset[str] = frozenset()
        self._never_folded: frozenset[str] = frozenset()

    @property
    def written(self) -> UserModel:
        """What they wrote until now; another object once something of it was forgotten."""
        return self._profile.written(self._language)

    def hides(self, word: str) -> bool:
        """Whether the word must not be offered."""
        profile, never = self._profile, self._profile.never()
        if never is not self._never:
            self._never, self._never_folded = never, frozenset(map(fold, never))
        return fold(word) in self._never_folded or profile.is_recently_forgotten(word) or profile.is_suppressed(word)
