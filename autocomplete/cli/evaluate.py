"""`autocomplete evaluate`: what the suggestions save on given texts, file by file and together."""

import json
import sys
from pathlib import Path
from typing import Annotated

import typer

from autocomplete.cli.options import Json, Language, PassphraseFile, WithProfile, load
from autocomplete.evaluation.lines import typed_lines
from autocomplete.evaluation.measure import Measurement, Summary


def evaluate(
    files: Annotated[
        list[Path], typer.Argument(metavar="FILE…", help="Text files; each line is typed on its own.")
    ],
    language: Language = "en",
    profile: WithProfile = None,
    passphrase_file: PassphraseFile = None,
    limit: Annotated[
        int | None, typer.Option(min=1, max=sys.maxsize, help="Only this many lines of each file, from its start.")
    ] = None,
    as_json: Json = False,
) -> None:
    """Measure what the suggestions save a person who types the lines of FILEs.

    saved: keystrokes saved, taking each word as soon as it is among the three shown.
    hit@1, hit@3: words shown first, or at all, before their first letter is typed.
    bpc: bits per character. ms: from a key to its suggestions.

    Ctrl+C stops early and prints what was measured until then.
    """
    from autocomplete.cli.progress import Progress

    # All files are read before the first is measured: a bad one is not found an hour later.
    texts = {path: typed_lines(path, limit) for path in files}
    completer = load(language, profile, passphrase_file)
    measured: dict[Path, Measurement] = {}
    complete = True
    with Progress(total=sum(map(len, texts.values()))) as progress:
        try:
            for path, lines in texts.items():
                progress.begin(str(path))
                measured[path] = Measurement()
                for line in lines:
                    measured[path].add_line(completer, line)
                    progress.advance()
        except KeyboardInterrupt:
            complete = False
    together = Measurement()
    for measurement in measured.values():
        together.add(measurement)
    summaries = {str(path): m.summary() for path, m in measured.items() if m.lines}
    if as_json:
        typer.echo(_as_json(language, complete, summaries, together.summary()))
    elif summaries:
        typer.echo(_as_table(summaries, together.summary()))
    if not complete:
        total = sum(map(len, texts.values()))
        typer.echo(f"autocomplete: stopped after {together.lines} of {total} lines.", err=True)
        raise typer.Exit(130)


def _as_json(
    language: str, complete: bool, summaries: dict[str, Summary], together: Summary
) -> str:
    files = [{"file": name} | summary.as_dict() for name, summary in summaries.items()]
    report = {
        "language": language,
        "complete": complete,
        "files": files,
        "together": together.as_dict(),
    }
    return json.dumps(report, ensure_ascii=False, indent=2)


def _as_table(summaries: dict[str, Summary], together: Summary) -> str:
    rows = summaries if len(summaries) == 1 else summaries | {"together": together}
    width = max(len(name) for name in rows)
    lines = [f"{name:{width}}  {_row(summary)}" for name, summary in rows.items()]
    return "\n".join([f"{'':{width}}  {_HEAD}", *lines])


_HEAD = "lines   words   saved   hit@1   hit@3    bpc  p50 ms     p95     p99     max"


def _row(s: Summary) -> str:
    times = (s.latency.p50, s.latency.p95, s.latency.p99, s.latency.max)
    return (
        f"{s.lines:5}  {s.words:6}  {s.ksr:6.1%}  {s.hit1:6.1%}  {s.hit3:6.1%}  {s.bpc:5.3f}  "
        + "  ".join(f"{ms:6.2f}" for ms in times)
    )
