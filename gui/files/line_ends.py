"""The line ends of a file: a text in the app has "\\n" alone, and a save gives each line back what it had."""

import re
from dataclasses import dataclass

from gui.editor.differences import common_ends

_END = re.compile("\r\n|\r|\n")


@dataclass(frozen=True)
class MixedEnds:
    """The lines of a file that ends them in more than one way, and how each but the last ends."""

    lines: tuple[str, ...]
    ends: tuple[str, ...]

    def given_to(self, text: str, usual: str) -> "MixedEnds":
        """The lines of `text`, where those that stood in the file end as they did and the others in the `usual` way."""
        from difflib import SequenceMatcher  # not before the window

        lines = tuple(text.split("\n"))
        before, behind = common_ends(self.lines, lines)
        ends = [usual] * (len(lines) - 1)
        # A long text is compared where it was changed only.
        between = SequenceMatcher(
            None, self.lines[before : len(self.lines) - behind], lines[before : len(lines) - behind]
        )
        matches = [(0, 0, before), (len(self.lines) - behind, len(lines) - behind, behind)]
        matches += [(before + old, before + new, count) for old, new, count in between.get_matching_blocks()]
        for old, new, count in matches:
            count = max(0, min(count, len(self.ends) - old, len(ends) - new))
            ends[new : new + count] = self.ends[old : old + count]
        return MixedEnds(lines, tuple(ends))

    def joined(self) -> str:
        """The lines with their ends, as the file has them."""
        return "".join(line + end for line, end in zip(self.lines, (*self.ends, ""), strict=True))


def split_ends(text: str) -> tuple[str, str, MixedEnds | None]:
    """`text` with lines ended by "\\n", the end that most of its lines have, and all of them if they differ."""
    counts = {"\r\n": text.count("\r\n")}
    counts["\n"] = text.count("\n") - counts["\r\n"]
    counts["\r"] = text.count("\r") - counts["\r\n"]
    usual = max(("\n", "\r\n", "\r"), key=counts.__getitem__)
    plain = text.replace("\r\n", "\n").replace("\r", "\n")
    if sum(count > 0 for count in counts.values()) < 2:
        return plain, usual, None
    return plain, usual, MixedEnds(tuple(plain.split("\n")), tuple(_END.findall(text)))
