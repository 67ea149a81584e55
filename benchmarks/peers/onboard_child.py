"""Runs under the system's Python: Onboard's prediction, asked the way its word suggestions ask it.

Its own widget can't run without a screen; `options` follows `WordSuggestions._get_prediction_options`, the shift key
held where a sentence begins, as a person would.

Arguments: the system's model; besides, for what it learned itself, a model and a text to learn if there is none yet.
"""

import json
import sys
from pathlib import Path

from Onboard import pypredict

_MORE = 8  # the widget asks for so many times more than it shows


def main() -> None:
    system, *own = map(Path, sys.argv[1:])
    models = [pypredict.DynamicModel()]
    models[0].load(str(system))
    if own:
        models.append(learned(*own))
    for model in models:
        model.smoothing = "abs-disc"
    model = pypredict.overlay(models)
    print("null", flush=True)
    for line in sys.stdin:
        before, k = json.loads(line)
        print(json.dumps(suggest(model, before, k)), flush=True)


def learned(path: Path, text: Path) -> pypredict.DynamicModel:
    model = pypredict.DynamicModel()
    if path.exists():
        model.load(str(path))
        return model
    for line in text.read_text("utf-8").splitlines():
        tokens, _ = pypredict.tokenize_text("<bot:txt> " + line)
        model.learn_tokens(tokens)
    unfinished = path.with_suffix(".part")
    model.save(str(unfinished))
    unfinished.rename(path)
    return model


def suggest(model: pypredict.LanguageModel, before: str, k: int) -> list[str]:
    context, _ = pypredict.tokenize_context("<bot:txt> " + before)
    flags, capitalize = options(context)
    words = [word for word, _ in model.predictp(context, k * _MORE, options=flags) if not word.startswith("<")]
    if capitalize:
        words = list(dict.fromkeys(word[:1].upper() + word[1:] for word in words))
    return words[:k]


def options(context: list[str]) -> tuple[int, bool]:
    """The search's flags, and whether the words found are to be capitalized."""
    flags = pypredict.LanguageModel
    prefix = context[-1]
    begins = len(context) >= 2 and context[-2] in ("<s>", "<bot:txt>")
    capital = prefix[:1].isupper()
    accents = flags.ACCENT_INSENSITIVE_SMART
    if begins and (capital or not prefix):
        return accents | flags.CASE_INSENSITIVE, True
    if capital:
        return accents | flags.IGNORE_NON_CAPITALIZED, False
    return accents | flags.CASE_INSENSITIVE_SMART, False


if __name__ == "__main__":
    main()
