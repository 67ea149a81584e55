"""Trains the KenLM 5-gram (Heafield et al. 2013) and the list of successors that its completer needs.

`lmplz` estimates modified Kneser-Ney smoothing (Chen & Goodman 1998). Of the orders above the second, what was seen
only once is pruned, which is customary for a corpus of this size and keeps the estimate within the memory of a desktop.
"""

import shutil
import subprocess
from array import array
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from benchmarks.peers import corpus, kenlm_text
from benchmarks.peers.peer import MissingError, Setting
from benchmarks.peers.vocabulary import Vocabulary

ORDER = 5
PRUNED = ("0", "0", "1", "1", "1")
MEMORY = "4G"
# A word written once or twice in the whole corpus is more often a slip than a word.
MIN_COUNT = 3
_HOW = "build it from https://github.com/kpu/kenlm (or the PyPI sdist of kenlm) and put it on the PATH"


@dataclass(frozen=True)
class Files:
    """What a trained model consists of."""

    binary: Path
    words: Path
    successors: Path


def trained(setting: Setting) -> Files:
    """The model of this corpus, from the cache if it is there."""
    folder = setting.cache / f"kenlm-{setting.language}-{corpus.key(setting.corpus, PRUNED, MIN_COUNT)}"
    files = Files(folder / "model.binary", folder / "words.tsv", folder / "successors.npz")
    if not files.successors.exists():  # written last
        folder.mkdir(parents=True, exist_ok=True)
        _train(setting, files)
    return files


def read_words(path: Path) -> Vocabulary:
    rows = (line.split("\t") for line in path.read_text("utf-8").splitlines())
    return Vocabulary({word: int(count) for word, count in rows})


def _train(setting: Setting, files: Files) -> None:
    lmplz, build_binary = shutil.which("lmplz"), shutil.which("build_binary")
    if not lmplz or not build_binary:
        raise MissingError(f"lmplz and build_binary are not on the PATH: {_HOW}")
    if not setting.corpus:
        raise MissingError("it needs a corpus: --corpus FILES")
    text, arpa = files.binary.with_name("sentences.txt"), files.binary.with_name("model.arpa")
    counts = kenlm_text.write(corpus.lines(setting.corpus), text)
    kept = sorted(word for word, count in counts.items() if count >= MIN_COUNT)
    files.words.write_text("".join(f"{word}\t{counts[word]}\n" for word in kept), "utf-8")
    command = [lmplz, "-o", str(ORDER), "--prune", *PRUNED, "-S", MEMORY, "-T", str(text.parent)]
    with text.open("rb") as source, arpa.open("wb") as target:
        subprocess.run(command, stdin=source, stdout=target, stderr=subprocess.DEVNULL, check=True)  # noqa: S603
    text.unlink()
    command = [build_binary, "trie", str(arpa), str(files.binary)]
    subprocess.run(command, check=True, capture_output=True)  # noqa: S603
    save_successors(arpa, read_words(files.words), files.successors)
    arpa.unlink()


class Successors:
    """Which words were seen behind one or two tokens, sorted as in the vocabulary, with their log-probabilities."""

    def __init__(self, path: Path) -> None:
        arrays = np.load(path)
        self._tokens = {token: number for number, token in enumerate(arrays["tokens"].tobytes().decode().split("\n"))}
        self._keys = arrays["keys2"], arrays["keys3"]
        self._words = arrays["words2"], arrays["words3"]
        self._logs = arrays["logs2"], arrays["logs3"]

    def behind(self, context: tuple[str, ...], low: int, high: int) -> tuple[NDArray[np.int32], NDArray[np.float16]]:
        """Those of the ids low … high - 1 behind the one or two tokens of `context`."""
        key = 0
        for token in context:
            number = self._tokens.get(token)
            if number is None:
                return np.empty(0, np.int32), np.empty(0, np.float16)
            key = key << 32 | number
        keys, words, logs = (arrays[len(context) - 1] for arrays in (self._keys, self._words, self._logs))
        first, last = np.searchsorted(keys, key), np.searchsorted(keys, key, "right")
        first, last = first + np.searchsorted(words[first:last], [low, high])
        return words[first:last], logs[first:last]


def save_successors(arpa: Path, vocabulary: Vocabulary, path: Path) -> None:
    """Takes the 2- and 3-grams that end in a word of the vocabulary out of the ARPA file."""
    ids = {word: number for number, word in enumerate(vocabulary.words)}
    tokens: dict[str, int] = {}
    arrays: dict[str, NDArray[np.generic]] = {}
    for order in (2, 3):
        rows = array("q"), array("i"), array("f")  # lists of numbers would take gigabytes
        for log, grams in _ngrams(arpa, order):
            word = ids.get(grams[-1])
            if word is not None:
                key = 0
                for token in grams[:-1]:
                    key = key << 32 | tokens.setdefault(token, len(tokens))
                for row, value in zip(rows, (key, word, log), strict=True):
                    row.append(value)
        keys, words, logs = map(np.asarray, rows)
        by = np.lexsort((words, keys))
        arrays |= {f"keys{order}": keys[by], f"words{order}": words[by], f"logs{order}": logs[by].astype(np.float16)}
    arrays["tokens"] = np.frombuffer("\n".join(tokens).encode(), np.uint8)
    unfinished = path.with_name("successors.part.npz")
    np.savez(unfinished, **arrays)
    unfinished.rename(path)


def _ngrams(arpa: Path, order: int) -> Iterator[tuple[float, list[str]]]:
    with arpa.open(encoding="utf-8") as file:
        for line in file:
            if line == f"\\{order}-grams:\n":
                break
        for line in file:
            if line == "\n":
                return
            log, grams, *_ = line.rstrip("\n").split("\t")
            yield float(log), grams.split(" ")
