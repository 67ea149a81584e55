"""What fine-tuning did for a person, in figures and examples; kept with the fine-tuned model."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any

_ALONE = "what you wrote does alone"


@dataclass(frozen=True)
class Measures:
    """Of the lines set aside. Shares lie between 0 and 1: keystrokes saved (`ksr`), words in first place and in any of
    three before their first letter (`hit1`, `hit3`). bpc: bits per character."""

    ksr: float
    hit1: float
    hit3: float
    bpc: float


@dataclass(frozen=True)
class Example:
    """A place where what is shown before a word's first letter changed: the text there, the word meant, and what is
    shown before and after the tuning."""

    text: str
    word: str
    before: tuple[str, ...]
    after: tuple[str, ...]

    @property
    def better(self) -> bool:
        """Whether the word meant is shown now."""
        return self.word in self.after


@dataclass(frozen=True)
class Point:
    """One evaluation on the way.

    epochs: read until then. alpha: how far the model evaluated is from the base (0) to the fine-tuned weights (1). bpc,
    ksr: on the lines set aside. base_bpc: on the language's own sample, if it has one.
    """

    epochs: float
    alpha: float
    bpc: float
    ksr: float
    base_bpc: float | None


@dataclass(frozen=True)
class Report:
    """What a fine-tuning was worth.

    words: learned from; words_aside: set aside, the newest.
    before: the language as it is shipped; with_words: with what a profile learns at once; after: with the
    fine-tuned model, too.
    base_before, base_after: bits per character of the language's own sample, None where it has none.
    gain, error: of keystrokes saved, from with_words to after, and its standard error.
    memory: the largest, in bytes. reason: one sentence that says why it helped or did not.
    """

    words: int
    words_aside: int
    before: Measures
    with_words: Measures
    after: Measures
    base_before: float | None
    base_after: float | None
    alpha: float
    epochs: float
    curve: tuple[Point, ...]
    examples: tuple[Example, ...]
    new_words: tuple[str, ...]
    gain: float
    error: float
    seconds: float
    memory: int
    helped: bool
    reason: str

    def as_dict(self) -> dict[str, Any]:
        """As plain values for JSON."""
        return asdict(self)

    @classmethod
    def from_dict(cls, plain: Mapping[str, Any]) -> "Report":
        """The opposite of `as_dict`; fields of newer versions are passed over. Raises KeyError or TypeError."""
        values: dict[str, Any] = {field.name: plain[field.name] for field in fields(cls)}
        return cls(
            **values
            | {
                "before": Measures(**plain["before"]),
                "with_words": Measures(**plain["with_words"]),
                "after": Measures(**plain["after"]),
                "curve": tuple(Point(**point) for point in plain["curve"]),
                "examples": tuple(
                    Example(one["text"], one["word"], tuple(one["before"]), tuple(one["after"]))
                    for one in plain["examples"]
                ),
                "new_words": tuple(plain["new_words"]),
            }
        )


def judge(gain: float, error: float, base_before: float | None, base_after: float | None) -> tuple[bool, str]:
    """Whether the model is worth having, and why: it must save more keys than chance may have given it, and have
    forgotten less than a hundredth of the language."""
    points, chance = f"{100 * abs(gain):.1f}", f"{100 * error:.1f}"
    if base_before is not None and base_after is not None and base_after > 1.01 * base_before:
        worse = 100 * (base_after / base_before - 1)
        return False, f"It did not help: the language itself is predicted {worse:.1f} % worse than before."
    if gain == 0:
        return False, f"It did not help: the fine-tuned model saves as many keystrokes as {_ALONE}."
    if gain < 0:
        return False, f"It did not help: the fine-tuned model saves {points} points fewer keystrokes than {_ALONE}."
    if gain <= error:
        return False, (
            f"It is not certain that it helps: the fine-tuned model saves {points} points more keystrokes than "
            f"{_ALONE}, which may be chance (± {chance}); more text would tell."
        )
    return True, f"It helps: the fine-tuned model saves {points} points more keystrokes than {_ALONE} (± {chance})."
