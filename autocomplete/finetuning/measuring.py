"""What a completer saves on lines set aside, line by line, so that two can be compared on the same lines."""

import math
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from autocomplete.adaptation.user_model import UserModel
from autocomplete.evaluation.typist import SHOWN, Typing, count_keys, see_words
from autocomplete.finetuning.report import Example, Measures
from autocomplete.model.bundle import Bundle
from autocomplete.model.ngram import NGramModel
from autocomplete.model.runtime import Runtime
from autocomplete.predict.completer import Completer
from autocomplete.predict.language import Language
from autocomplete.predict.stream import Stream
from autocomplete.text.line import Line
from autocomplete.text.words import WORD

Check = Callable[[], None]
Shown = tuple[str, ...]

_EXAMPLES = 20
_EXAMPLE_CHARACTERS = 70  # of the text before the word


def with_weights(language: Language, files: Mapping[str, bytes]) -> Language:
    """The language with these files of an LSTM in place of its own."""
    bundle = language.bundle.with_files(files, "the fine-tuned model")
    return replace(language, bundle=bundle, runtime=Runtime.load(bundle))


@dataclass(frozen=True)
class _Learned:
    """What the profile learned at once from a person's lines; nothing is hidden from the measurement."""

    written: UserModel

    def hides(self, word: str) -> bool:  # noqa: ARG002 - of the protocol
        return False


def open_language(bundle: Bundle, learned: Sequence[Line], check: Check) -> Language:
    """The language as it is measured before: with all that is known of the lines without fine-tuning.

    Measured after, its LSTM alone is another, so that what fine-tuning brings is told apart.
    """
    language = Language.load(bundle)
    written = UserModel(language.ngram)
    for line in learned:
        written.learn(line)
        check()
    return replace(language, personal=_Learned(written))


@dataclass
class Measured:
    """What was seen of each line. `offered`: words meant that were among those shown, at any letter. `begun`: by line
    and place, what was shown before a word's first letter."""

    typings: list[Typing] = field(default_factory=list)
    bits: float = 0.0
    offered: Counter[str] = field(default_factory=Counter)
    begun: dict[tuple[int, int], Shown] = field(default_factory=dict)

    def summary(self) -> Measures:
        typing = Typing()
        for one in self.typings:
            typing.add(one)
        words, characters = max(1, typing.words), max(1, typing.characters)
        return Measures(
            ksr=1 - typing.keystrokes / characters,
            hit1=typing.first / words,
            hit3=typing.shown / words,
            bpc=self.bits / (typing.characters + len(self.typings)),
        )


def measure(language: Language, lines: Sequence[str], check: Check) -> Measured:
    """Type each line from an empty text. `check` is called at every key, and may raise."""
    completer = Completer([language])
    result = Measured()
    for number, line in enumerate(lines):
        _type(completer.stream(), number, line, result, check)
        result.bits += completer.bits(line)
        check()
    return result


def _type(stream: Stream, number: int, line: str, result: Measured, check: Check) -> None:
    shown: dict[int, Shown] = {}

    def suggest(before: str, count: int) -> Shown:
        check()
        stream.update(before)
        shown[len(before)] = tuple(suggestion.text for suggestion in stream.suggest(count))
        return shown[len(before)]

    words = list(see_words(line, suggest, SHOWN))
    result.typings.append(count_keys(line, words))
    result.begun |= {(number, seen.start): shown[seen.start] for seen in words}
    result.offered.update(line[seen.start : seen.end] for seen in words if seen.letters is not None)


def gain(before: Measured, after: Measured) -> tuple[float, float]:
    """The keystrokes saved more than before, as a part of all characters, and its standard error.

    Paired by line: that some lines are hard for both says nothing about the difference. The error is that of a ratio
    of two sums over lines (Cochran 1977), lines being taken as independent.
    """
    pairs = list(zip(before.typings, after.typings, strict=True))
    characters = sum(old.characters for old, _ in pairs)
    if not characters:
        return 0.0, math.inf
    part = sum(old.keystrokes - new.keystrokes for old, new in pairs) / characters
    if len(pairs) < 2:
        return part, math.inf
    rest = sum((old.keystrokes - new.keystrokes - part * old.characters) ** 2 for old, new in pairs)
    return part, math.sqrt(len(pairs) / (len(pairs) - 1) * rest) / characters


def new_words(after: Measured, ngram: NGramModel | None) -> tuple[str, ...]:
    """Words of the lines that are offered now though the language does not know them, the most often offered first."""
    return tuple(word for word, _ in after.offered.most_common() if ngram is None or not _known(word, ngram))


def _known(word: str, ngram: NGramModel) -> bool:
    usual = ngram.usual_case(word)
    return ngram.id(usual) is not None or bool(ngram.rare.probability(usual))


def examples(lines: Sequence[str], before: Measured, after: Measured) -> tuple[Example, ...]:
    """Places where a word meant is newly among those shown before its first letter, or is so no more.

    As many of each as there are in proportion, from all over the lines.
    """
    better: list[Example] = []
    worse: list[Example] = []
    for (number, start), old in before.begun.items():
        new = after.begun.get((number, start), ())
        match = WORD.match(lines[number], start)
        if match is None or (match.group() in old) == (match.group() in new):
            continue
        text = lines[number][:start][-_EXAMPLE_CHARACTERS:]
        (better if match.group() in new else worse).append(Example(text, match.group(), old, new))
    total = len(better) + len(worse)
    wanted = min(_EXAMPLES, total)
    share = round(wanted * len(better) / total) if total else 0
    return (*_spread(better, share), *_spread(worse, wanted - share))


def _spread(found: Sequence[Example], count: int) -> list[Example]:
    return [found[len(found) * place // count] for place in range(count)]
