"""`autocomplete explain`: what the LSTM did with a text, as tables."""

import json
from typing import TYPE_CHECKING, Annotated

import typer

from autocomplete.cli.options import Count, Json, Language, PassphraseFile, WithProfile, check_utf8, load
from autocomplete.errors import TextError

if TYPE_CHECKING:
    from rich.table import Table

    from autocomplete.explanation.explanation import Explanation, Gate, Piece

_EIGHTHS = " ▏▎▍▌▋▊▉█"
_WIDEST_BAR = 8
_NUMBER = 5  # columns a gate's number takes, with the space behind it
_WIDEST_NAME = 16
_GAP = 2  # columns between two columns of a table
_GATES = ("forget", "input", "output")
_NO_WORD = "No word is complete yet, so there is nothing to explain; give a text with a word and a space behind it."


def explain(
    text: Annotated[list[str], typer.Argument(help="The text before the cursor; end it with a space.")],
    language: Language = "en",
    profile: WithProfile = None,
    passphrase_file: PassphraseFile = None,
    k: Count = 3,
    as_json: Json = False,
) -> None:
    """Explain what the LSTM's gates did at each piece of a text, and which words decide what comes next.

    Of several languages, the one most believed behind the text is explained.
    """
    before = " ".join(text)
    check_utf8(before)
    from autocomplete.explanation.explainer import (
        explain as explain_stream,  # with what it needs of numpy: not for --help
    )

    stream = load(language, profile, passphrase_file).stream()
    stream.update(before)
    explanation = explain_stream(stream, k)
    if not explanation.parts:
        raise TextError(_NO_WORD)
    if as_json:
        typer.echo(json.dumps({"text": before} | explanation.as_dict(), ensure_ascii=False))
        return
    from rich.console import Console

    console = Console(highlight=False, markup=False)
    console.print(_heading(explanation), style="bold")
    names = max(len(name) for part in explanation.parts for name in part.piece_labels)
    room = console.width - min(_WIDEST_NAME, names)
    for table in (_reading(explanation, room), _units(explanation, room), _candidates(explanation)):
        console.print(table)
        console.print()
    console.print(_legend(), style="dim")


_LEGEND = {
    "forget": "how much of the memory stays at this piece: near 1 keeps it, near 0 clears it",
    "input": "how far the piece is let into the memory",
    "output": "how much of the memory is shown. All three gates are means over the layer's units.",
    "left": "how much of what was written into the memory here is still there at the cursor",
    "→ word": "share of this prediction explained by the word on the left: what the LSTM loses without it",
    "alone": "the LSTM's own probability, without the n-gram model",
}


def _heading(explanation: "Explanation") -> str:
    layers = len(explanation.parts[0].kept)
    layer = f", layer {layers} of {layers}" if layers > 1 else ""
    belief = f", believed {explanation.belief:.0%}" if explanation.belief < 1 else ""
    typed = f"; being typed, not read yet: {explanation.typed}" if explanation.typed else ""
    return f"Model “{explanation.language}”{belief}{layer}{typed}"


def _reading(explanation: "Explanation", room: int) -> "Table":
    """What was read, piece by piece; `room`: columns beside the pieces' names."""
    table = _table("read")
    words = [f"→ {candidate.text}" for candidate in explanation.candidates]
    room -= len("left") + _GAP + len(_GATES) * _GAP
    while words and room < len("output") * len(_GATES) + sum(len(word) + _GAP for word in words):
        words.pop()  # a narrow terminal shows fewer
    bars = (room - sum(len(word) + _GAP for word in words)) // len(_GATES) - _NUMBER
    for name in _GATES:
        table.add_column(name, no_wrap=True, min_width=_NUMBER)
    table.add_column("left", justify="right", no_wrap=True, min_width=4)
    for word in words:
        table.add_column(word, justify="right", no_wrap=True)
    for part in explanation.parts:
        last = len(part.pieces) - 1
        for number, (name, piece) in enumerate(zip(part.piece_labels, part.pieces, strict=True)):
            cells = [f"{gate.mean:.2f} {bar(gate.mean, min(bars, _WIDEST_BAR))}" for gate in _last_layer(piece)]
            if number == last:
                cells.append(_percent(part.kept[-1]))
                cells += [_percent(share) if share else "·" for share in part.shares[: len(words)]]
            table.add_row(name, *cells)
    return table


def _units(explanation: "Explanation", room: int) -> "Table":
    """The numbers of the units whose gates were most open; `room`: as for `_reading`."""
    table = _table("most open")
    count = max(1, (room // len(_GATES) - _GAP + 1) // _NUMBER)
    for name in _GATES:
        table.add_column(name, no_wrap=True)
    for part in explanation.parts:
        for name, piece in zip(part.piece_labels, part.pieces, strict=True):
            units = [[unit.number for unit in gate.units[:count]] for gate in _last_layer(piece)]
            table.add_row(name, *(" ".join(f"{number:<{_NUMBER - 1}}" for number in numbers) for numbers in units))
    return table


def _candidates(explanation: "Explanation") -> "Table":
    table = _table("what comes next", None)
    table.add_column("probability", justify="right")
    table.add_column("alone", justify="right")
    for candidate in explanation.candidates:
        table.add_row(candidate.text, f"{candidate.probability:.1%}", f"{candidate.spelled:.1%}")
    if not explanation.candidates:
        table.add_row("no word is expected here", "", "")
    return table


def _legend() -> "Table":
    from rich.table import Table

    legend = Table.grid(padding=(0, 2, 0, 0))
    for name, meaning in _LEGEND.items():
        legend.add_row(name, meaning)
    return legend


def _table(first: str, widest: int | None = _WIDEST_NAME) -> "Table":
    from rich.box import SIMPLE_HEAD
    from rich.table import Table

    table = Table(box=SIMPLE_HEAD, show_edge=False, pad_edge=False, padding=(0, _GAP - 1, 0, 0))
    table.add_column(first, overflow="ellipsis", no_wrap=True, max_width=widest)
    return table


def _last_layer(piece: "Piece") -> tuple["Gate", ...]:
    """The gates of the layer whose memory is shown to the prediction."""
    gates = piece.layers[-1]
    return gates.forget, gates.input, gates.output


def bar(value: float, width: int) -> str:
    """`value`, 0 to 1, as blocks of `width` columns, or nothing where there is no room."""
    if width < 1:
        return ""
    full, rest = divmod(round(value * width * 8), 8)
    return ("█" * full + _EIGHTHS[rest] * (full < width)).ljust(width)


def _percent(share: float) -> str:
    return f"{share:.0%}" if share >= 0.005 or share == 0 else "<1%"
