"""The languages that can be written: what lies in the models' folders, by its own name.

A choice is one language or several that are written by turns, named by their codes: "en", "en+de".
"""

from collections.abc import Sequence
from itertools import combinations

from PySide6.QtCore import QLocale

import autocomplete

_TOGETHER = "+"
_BOTH = {"both": "en+de"}  # as the first version put it into the settings
_MOST_PAIRED = 4  # of more languages, pairs would be more than a menu can show


def codes_of(choice: str) -> tuple[str, ...]:
    """The languages that a choice loads, in its order."""
    return tuple(_BOTH.get(choice, choice).split(_TOGETHER))


def known(choice: str) -> str:
    """`choice` as `choices` names it, or the first one there is where some language of it is not installed."""
    choice = _BOTH.get(choice, choice)
    installed = autocomplete.languages()
    if all(code in installed for code in codes_of(choice)):
        return choice
    return "en" if "en" in installed or not installed else installed[0]


def choices() -> dict[str, str]:
    """What can be chosen, with the names that people know: each language, then those that can be written by turns."""
    installed = sorted(autocomplete.languages(), key=lambda code: (code != "en", name_of(code)))
    pairs = combinations(installed, 2) if len(installed) <= _MOST_PAIRED else ()
    found = [*installed, *(_TOGETHER.join(pair) for pair in pairs)]
    return {choice: name_of(choice) for choice in found}


def name_of(choice: str) -> str:
    """What people call it: "English and German"; the folder's name where nobody knows the code."""
    return _listed([_name(code) for code in codes_of(choice)])


def _name(code: str) -> str:
    locale = QLocale(code)
    if locale.language() == QLocale.Language.C or locale.name().split("_")[0] != code.split("-")[0]:
        return code
    return QLocale.languageToString(locale.language())


def _listed(names: Sequence[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
