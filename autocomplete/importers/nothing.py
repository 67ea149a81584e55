"""Why there is nothing to learn from, in sentences that say what to do about it: of one file, and of many."""

import difflib
import os
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path

from autocomplete.importers.found import Found
from autocomplete.importers.source import LONGEST_PARAGRAPH

# Why a line or a message is passed over, as it is counted.
ANOTHER_LANGUAGE = "line in another language"
TOO_LONG = f"line of more than {LONGEST_PARAGRAPH:,} characters"
DAMAGED = "line with damaged characters"
THERE_BEFORE = "line that was there before"

_WAYS_OUT = {
    TOO_LONG: f"has only lines of more than {LONGEST_PARAGRAPH:,} characters; put each paragraph on a line of its own",
    DAMAGED: "has lost its letters with accents (it is full of “\N{REPLACEMENT CHARACTER}”); save it again as UTF-8",
    THERE_BEFORE: "holds only lines that were read in another file; leave it out, or choose a file with new text",
    "message of somebody else": "holds only messages of others; check the name that you gave as yours",
    "message without text": "holds only messages of yours without text, such as pictures; choose another chat",
    "forwarded message": "holds only messages of yours that you forwarded; choose another chat",
    "quoted line": "holds only quoted lines; choose a file with text of your own",
    "quoted line or signature": "holds only what others wrote, quoted in your mails; choose other mails",
    "line of code": "holds only code; choose a file with text",
    "damaged mail": "holds only damaged mails; export them again",
}
_SAID = 3  # causes, of many files


def nothing_in(name: str, left_out: Mapping[str, int], languages: Sequence[str]) -> str:
    """The sentence for a file that was read and of which nothing is left. `left_out`: counts by reason."""
    reason = max(left_out, key=left_out.__getitem__, default="")
    if left_out.get(ANOTHER_LANGUAGE):
        return (
            f"{name} is in another language than {' or '.join(languages)}; nothing of it was read; "
            "choose a file in one of these."
        )
    if not reason:
        return f"{name} holds nothing that could be learned from, not a single word; choose a file with text in it."
    if reason not in _WAYS_OUT:  # then it is the name of a kind of secret
        return f"{name} holds nothing but secrets ({reason}), which are never learned; choose a file with prose in it."
    return f"{name} {_WAYS_OUT[reason]}."


def no_file_in(folder: Path, of_another_kind: int, kinds: str) -> str:
    """The sentence for a folder in which there is no file to read. `kinds`: those that are read."""
    try:
        names = os.listdir(folder)
    except OSError:
        names = []
    hidden = sum(name.startswith(".") for name in names)
    if not names:
        return f"The folder {folder} is empty; choose one with files in it."
    if of_another_kind:
        others = f"{of_another_kind:,} of other kinds"
        return f"The folder {folder} holds no file that can be read, but {others}; these can be read: {kinds}."
    if hidden:
        return f"The folder {folder} holds only hidden files, which are passed over; name one yourself to have it read."
    return f"The folder {folder} holds no file that can be read, only empty folders; these can be read: {kinds}."


def missing(path: Path) -> str:
    """The sentence for a path where there is nothing, with a name that is like it if there is one."""
    if path.is_symlink():
        return f"{path} is a link to {os.readlink(path)}, and there is no file there; choose the file itself."
    folder = path.parent
    if not folder.is_dir():
        return f"There is no file {path}, since there is no folder {folder}."
    alike = difflib.get_close_matches(path.name, os.listdir(folder), 1)
    if alike:
        return f"There is no file {path}; did you mean {folder / alike[0]}?"
    return f"There is no file {path}."


def sum_up(found: Sequence[Found]) -> str:
    """Why nothing was found in all of these: each cause once, the most frequent first; "" where there is none."""
    counts: Counter[str] = Counter()
    first: dict[str, str] = {}
    for file in found:
        if file.problem:
            cause = file.problem.replace(str(file.path), "").partition(":")[0]
            counts[cause] += 1
            first.setdefault(cause, file.problem)
    causes = counts.most_common()
    said = [first[cause] + _alike(count) for cause, count in causes[:_SAID]]
    others = sum(count for _, count in causes[_SAID:])
    if others:
        said.append(f"For other reasons nothing was read of {others:,} more.")
    return " ".join(said)


def _alike(count: int) -> str:
    return f" (It is the same with {count - 1:,} more.)" if count > 1 else ""
