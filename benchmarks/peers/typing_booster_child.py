"""Runs under the system's Python: ibus-typing-booster's database, asked as its input method asks it.

Arguments: the engine's folder, a hunspell dictionary's name, a database, and a text to learn first, if any.
"""

import json
import re
import sys
from unicodedata import normalize

_TYPED = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*['’-]?\Z")


_ENGINE, _DICTIONARY, _DATABASE, *_TEXT = sys.argv[1:]
sys.path.insert(0, _ENGINE)
import itb_util  # noqa: E402
from tabsqlitedb import TabSqliteDb  # noqa: E402


def main() -> None:
    words = TabSqliteDb(user_db_file=_DATABASE)
    words.hunspell_obj.set_dictionary_names([_DICTIONARY])
    if _TEXT:
        # What it returns says nothing: a last step may fail after all is written.
        words.read_training_data_from_file(_TEXT[0])
        if not words.number_of_rows_in_database():
            raise SystemExit(1)
    print("null", flush=True)
    for line in sys.stdin:
        before, k = json.loads(line)
        print(json.dumps(suggest(words, before, k)), flush=True)


def suggest(words: TabSqliteDb, before: str, k: int) -> list[str]:
    """Like its `get_context` and `_update_candidates`."""
    match = _TYPED.search(before)
    typed = match.group() if match else ""
    tokens = [itb_util.strip_token(token) for token in itb_util.tokenize(before[: len(before) - len(typed)])]
    previous, before_that = [*reversed(tokens), "", ""][:2]
    found = words.select_words(typed, p_phrase=previous, pp_phrase=before_that)
    candidates = [normalize("NFC", word) for word, _ in found]
    if candidates and candidates[0] == normalize("NFC", typed):
        # It prefers longer words to the one typed already.
        longer = [word for word in candidates[1:] if word.startswith(typed)]
        candidates = longer + [word for word in candidates[1:] if word not in longer]
    return candidates[:k]


if __name__ == "__main__":
    main()
