"""The corpus as KenLM reads it: a sentence a line, words and signs as tokens, and the list of words that complete."""

from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from autocomplete.text.reading import NUMBER, OTHER, SENTENCE_START, SIGNS, read_tokens
from benchmarks.peers.vocabulary import Vocabulary

_BEGINS = "\t"  # behind a word that begins a sentence, until its usual case is known


def is_word(token: str) -> bool:
    """Whether a token is a word: nothing else completes a prefix."""
    return token not in SIGNS and token not in (NUMBER, OTHER)


def sentences(line: str) -> Iterator[list[tuple[str, bool]]]:
    """The sentences of a line: tokens, each with whether it is a word that begins the sentence."""
    sentence: list[tuple[str, bool]] = []
    for token, begins in read_tokens(line):
        if token != SENTENCE_START:
            sentence.append((token, begins))
        elif sentence:
            yield sentence
            sentence = []
    if sentence:
        yield sentence


def write(lines: Iterable[str], path: Path) -> dict[str, int]:
    """Writes the sentences to `path`, their first words in their usual case; returns how often each word stands there.

    Usual is what is more frequent inside sentences, so it is known at the end only: the text is written twice.
    """
    inside: Counter[str] = Counter()
    draft = path.with_suffix(".draft")
    with draft.open("w", encoding="utf-8") as file:
        for line in lines:
            for sentence in sentences(line):
                inside.update(token for token, begins in sentence if not begins)
                file.write(" ".join(token + _BEGINS * begins for token, begins in sentence) + "\n")
    vocabulary = Vocabulary(inside)
    counts = Counter({word: count for word, count in inside.items() if is_word(word)})
    with draft.open(encoding="utf-8") as file, path.open("w", encoding="utf-8") as out:
        for line in file:
            tokens = line[:-1].split(" ")
            for i, token in enumerate(tokens):
                if token[-1] == _BEGINS:
                    tokens[i] = vocabulary.usual_case(token[:-1])
                    counts[tokens[i]] += 1
            out.write(" ".join(tokens) + "\n")
    draft.unlink()
    return counts
