"""The table: every command with everything that can be wrong with what it is given."""

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from autocomplete.edge import ExitCode
from benchmarks.bad_inputs.place import ENDINGS, Place

USAGE, DATA, NO_INPUT, IO = ExitCode.USAGE, ExitCode.DATA, ExitCode.NO_INPUT, ExitCode.IO
ANY = -1  # any code of sysexits.h: what is wrong shows only inside the file
CLOSED = "closed"
GONE = "gone"  # a working directory that was deleted
FOREIGN = b"gr\xfcn"  # not UTF-8
LATIN = os.fsdecode(FOREIGN)
HUGE = "9" * 20

# What can be wrong with a file of text: (its name in the place, the code where it is read as one).
_FILES = {
    "missing": NO_INPUT,
    "text.txt/inside": NO_INPUT,
    "n" * 300: NO_INPUT,
    LATIN: NO_INPUT,
    "loop": NO_INPUT,
    "dangling": NO_INPUT,
    "folder": NO_INPUT,
    "empty": DATA,
    "blank": DATA,
    "binary": DATA,
    "latin": DATA,
    "cut16": DATA,
    "late": DATA,
    "fifo": DATA,
    "/dev/zero": DATA,
    "/dev/full": DATA,
}
_NO_COUNTS = ("0", "-1", HUGE, "1.5", "nan", "inf", "1e3", "", "three", "٣½", LATIN)
_NO_NUMBERS = ("nan", "inf", "-inf", "-1", "1e999", "", "abc")


@dataclass(frozen=True)
class Case:
    """One call. `code`: what it has to end with. stdin, stdout, stderr: a path, `CLOSED`, or "" for an ordinary one;
    for stdout also "broken", whose reader is gone. cwd: a folder, or `GONE`.
    """

    arguments: tuple[str, ...]
    code: int
    stdin: str = ""
    stdout: str = ""
    stderr: str = ""
    cwd: str = ""
    environment: dict[str, str] = field(default_factory=dict, hash=False)

    @property
    def silent(self) -> bool:
        """Whether nothing may be said: nobody can hear it, or who reads has seen enough."""
        return bool(self.stderr) or self.stdout == "broken"

    def __str__(self) -> str:
        words = [ascii(word)[1:-1] for word in self.arguments]
        streams = [f"{name}={value}" for name, value in self._set() if value]
        return " ".join([word if len(word) <= 60 else f"{word[:60]}…" for word in words] + streams)

    def _set(self) -> list[tuple[str, str]]:
        return [("stdin", self.stdin), ("stdout", self.stdout), ("stderr", self.stderr), ("cwd", self.cwd)]


def all_cases(place: Place) -> list[Case]:
    """Some hundreds of cases, each once."""
    makers = (_usage, _numbers, _texts, _models, _profiles, _archives, _importing, _training, _streams, _gone)
    return [case for make in makers for case in make(place)]


def _case(code: int, *arguments: str | Path, **more: str) -> Case:
    return Case(tuple(os.fspath(argument) for argument in arguments), code, **more)


def _path(place: Place, name: str) -> str:
    return name if name.startswith("/") else os.fspath(place / name)


def _train(place: Place, *more: str | Path) -> Sequence[str | Path]:
    """A call that would train for a moment, into a folder that is never made."""
    return ("train", "-l", "en", "--corpus", place.text, "--out", place / "out", "--steps", "1", *more)


def _usage(place: Place) -> Iterator[Case]:
    yield from (_case(USAGE, *words) for words in (["sugest"], ["--nope"], ["profile", "shwo"], [LATIN]))
    needing = (["evaluate"], ["explain"], ["finetune"], ["train"], ["profile", "export"], ["profile", "import"])
    yield from (_case(USAGE, *words) for words in needing)
    for command in ("suggest", "evaluate", "explain", "finetune", "train", "profile show", "profile words"):
        yield _case(USAGE, *command.split(), "--nope")
        yield _case(USAGE, *command.split(), "--language" if "show" not in command else "--profile")
    yield _case(USAGE, "profile", "words", "--sort", "size", "--profile", place.profile)
    yield _case(USAGE, "profile", "forget", "--profile", place.profile)
    # An empty name, such as a variable that isn't set, is not the folder one is in.
    yield from (_case(USAGE, *words, "--profile=") for words in (["suggest", "w"], ["profile", "delete", "--yes"]))
    yield from (_case(USAGE, "finetune", *words) for words in ([""], [place.text, ""]))
    yield _case(USAGE, "profile", "delete", "--profile", place.profile)
    yield _case(USAGE, *_train(place), "--tokenizer", "words")


def _numbers(place: Place) -> Iterator[Case]:
    for number in _NO_COUNTS:
        yield _case(USAGE, "suggest", "w", "-k", number)
        yield _case(USAGE, "explain", "they would ", "-k", number)
        yield _case(USAGE, "evaluate", place.text, "--limit", number)
    for number in _NO_NUMBERS:
        yield _case(USAGE, "finetune", place.text, "--minutes", number)
        for option in ("rate", "dropout", "minutes", "save-minutes", "ngram-megabytes"):
            yield _case(USAGE, *_train(place), f"--{option}={number}")
    options = "batch chunk segment hidden embedding layers steps threads seed pieces ngram-words samples"
    for option in options.split():
        yield from (_case(USAGE, *_train(place), f"--{option}={number}") for number in ("-1", "1.5", "nan", ""))
    for option in ("hidden", "embedding", "layers", "batch", "samples"):
        yield from (_case(USAGE, *_train(place), f"--{option}={number}") for number in ("10000000000", HUGE))
    yield _case(USAGE, *_train(place), "--hidden", "100000000")
    yield _case(USAGE, *_train(place), "--chunk", "7", "--segment", "9")


def _texts(place: Place) -> Iterator[Case]:
    for name, code in _FILES.items():
        yield _case(code, "evaluate", place.text, _path(place, name), "-l", place.model)
        by_file = ("--passphrase-file", _path(place, name))
        code = ExitCode.NO_PERMISSION if name == "late" else code  # its first line is a passphrase, and wrong
        yield _case(code, "profile", "words", "--profile", place.sealed, *by_file)
    yield _case(DATA, "evaluate", place / "word", "-l", place.model)
    yield _case(DATA, "suggest", LATIN, "-l", place.model)
    yield _case(DATA, "explain", LATIN, "-l", place.model)
    yield from (_case(DATA, "explain", text, "-l", place.model) for text in ("", " ", "They"))
    for name in ("latin", "binary", "late"):
        yield _case(DATA, "suggest", "-l", place.model, stdin=_path(place, name))


def _models(place: Place) -> Iterator[Case]:
    wrong = {
        "xx": NO_INPUT,
        LATIN: NO_INPUT,
        "m" * 300: NO_INPUT,
        "m" * 100_000: NO_INPUT,
        "../en": NO_INPUT,
        "": NO_INPUT,
        ",": DATA,
        os.fspath(place.text): NO_INPUT,
        os.fspath(place / "fifo"): NO_INPUT,
        "/dev/zero": NO_INPUT,
        os.fspath(place / "folder"): NO_INPUT,
        **{os.fspath(path): _code_of_model(path) for path in place.damaged_models},
    }
    for name, code in wrong.items():
        for command in (("suggest", "w"), ("evaluate", place.text)):
            yield _case(code, *command, "--language", name)
    for name in ("xx", LATIN, place / "folder", place / "model, cut config", place / "model, zero config"):
        yield _case(wrong[os.fspath(name)], "explain", "they would ", "--language", name)
        yield _case(wrong[os.fspath(name)], "finetune", place.text, "--language", name, "--profile", place / "new")


def _code_of_model(path: Path) -> int:
    """A file of it may be missing, or be none that can be read at all; else what it holds is wrong."""
    if path.name.startswith(("model, no ", "model, folder ")):
        return NO_INPUT
    return IO if path.name.startswith(("model, fifo ", "model, zero ")) else DATA


def _profiles(place: Place) -> Iterator[Case]:
    missing = (place / "missing", place.text, place / "fifo", "/dev/zero")
    for folder in missing:
        yield _case(NO_INPUT, "suggest", "w", "-l", place.model, "--profile", folder)
        yield _case(NO_INPUT, "evaluate", place.text, "-l", place.model, "--profile", folder)
    for folder in place.damaged_profiles:
        yield _case(DATA, "suggest", "w", "-l", place.model, "--profile", folder)
        for command in ("show", "words", "forget heron", "passphrase --remove"):
            yield _case(DATA, "profile", *command.split(), "--profile", folder)
    for command in ("words", "show", "forget heron"):
        for environment in ({}, {"AUTOCOMPLETE_PASSPHRASE": "wrong"}):
            case = ("profile", *command.split(), "--profile", os.fspath(place.sealed))
            yield Case(case, ExitCode.NO_PERMISSION, environment=environment)
    yield _case(DATA, "profile", "forget", "crane", "--profile", place.profile)
    yield _case(DATA, "profile", "forget", "--document", "nowhere", "--profile", place.profile)
    yield _case(DATA, "profile", "forget", LATIN, "--profile", place.profile)


def _archives(place: Place) -> Iterator[Case]:
    for name in (*_FILES, "word", "cut.zip", "changed.zip"):
        for more in ((), ("--preview",)):
            where = ("--profile", place / "imported")
            yield _case(ANY, "profile", "import", _path(place, name), *where, *more)
    yield _case(ANY, "profile", "import", place.archive, "--profile", place.profile)
    for target in ("folder", "missing/file.zip", "text.txt", "text.txt/inside", "/dev/full", "fifo", "/nowhere/x.zip"):
        for more in ((), ("--replace",)):
            if (target, more) == ("text.txt", ("--replace",)):
                continue  # that is what is asked for
            yield _case(ANY, "profile", "export", _path(place, target), "--profile", place.profile, *more)


def _importing(place: Place) -> Iterator[Case]:
    asked = ("-l", "en", "--profile", place / "learned")
    for name, code in _FILES.items():
        code = NO_INPUT if code == NO_INPUT and name != "folder" else DATA
        yield _case(code, "finetune", _path(place, name), *asked)
    yield _case(DATA, "finetune", place / "digits", *asked)
    yield _case(DATA, "finetune", place / "word", *asked)
    for ending in ENDINGS:
        for content in ("empty", "binary"):
            yield _case(DATA, "finetune", place / f"{content}.{ending}", *asked)


def _training(place: Place) -> Iterator[Case]:
    for name, code in _FILES.items():
        corpus = ("train", "-l", "en", "--out", place / "out", "--steps", "1", "--corpus", _path(place, name))
        yield _case(NO_INPUT if name == "loop" else DATA if name == "folder" else code, *corpus)
        yield _case(code, *_train(place), "--mixture", _path(place, name))
        yield _case(code, *_train(place), "--measures", _path(place, name))
    yield _case(DATA, *_train(place), "--language", LATIN)
    yield _case(ANY, *_train(place), "--start", place / "missing")
    yield _case(ANY, *_train(place), "--out", place.text)


def _streams(place: Place) -> Iterator[Case]:
    model = ("-l", place.model)
    printing: tuple[Sequence[str | Path], ...] = (
        ("suggest", "w", *model),
        ("suggest", "w", "--json", *model),
        ("explain", "they would ", *model),
        ("evaluate", place.text, *model),
        ("evaluate", place.text, "--json", *model),
        ("profile", "show", "--profile", place.profile),
        ("profile", "words", "--profile", place.profile),
        ("--version",),
        ("--help",),
    )
    for command in printing:
        yield _case(IO, *command, stdout="/dev/full")
        yield _case(IO, *command, stdout=CLOSED)
        yield _case(ExitCode.OUTPUT_CLOSED, *command, stdout="broken")
    yield _case(IO, "suggest", "w", *model, stdout=CLOSED, stderr=CLOSED)
    yield _case(NO_INPUT, "suggest", "w", "-l", "xx", stderr=CLOSED)
    yield _case(NO_INPUT, "suggest", "w", "-l", "xx", stderr="/dev/full")
    yield _case(DATA, "suggest", *model, stdin=CLOSED)
    yield _case(DATA, "suggest", *model, stdin="/dev/zero")
    opened = ("profile", "words", "--profile", place.sealed)
    yield _case(ExitCode.NO_PERMISSION, *opened, stdin=CLOSED)
    yield _case(USAGE, "profile", "delete", "--profile", place.profile, stdin=CLOSED)


def _gone(place: Place) -> Iterator[Case]:
    commands: tuple[Sequence[str | Path], ...] = (
        ("suggest", "w"),
        ("explain", "they would "),
        ("evaluate", place.text),
        ("evaluate", "text.txt"),
        ("finetune", place.text),
        ("profile", "show"),
        ("profile", "export", "file.zip"),
        _train(place),
    )
    for command in commands:
        yield _case(NO_INPUT, *command, cwd=GONE)
