"""`autocomplete finetune`: teaches a profile what its user wrote, at once and by fine-tuning the model to it."""

import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

import autocomplete
from autocomplete.cli.options import LONGEST_MINUTES, Json, PassphraseFile, Profile, finite, named, open_profile
from autocomplete.edge import say
from autocomplete.errors import ImportFileError, MissingImportError, TuningError

if TYPE_CHECKING:
    from autocomplete.finetuning.events import End
    from autocomplete.finetuning.tuner import Tuner
    from autocomplete.importers import Found

_LOOK_EVERY = 0.2  # seconds; a Ctrl+C waits no longer


def finetune(
    files: Annotated[
        list[Path],
        typer.Argument(
            parser=named, metavar="FILES|FOLDERS…", help="Documents, mail, chats and tables you wrote."
        ),
    ],
    language: Annotated[
        str, typer.Option("--language", "-l", metavar="NAME", help="A language (en), or the folder of a model.")
    ] = "en",
    folder: Profile = None,
    me: Annotated[
        list[str] | None, typer.Option("--me", metavar="NAME", help="Your name or address in mail and chats.")
    ] = None,
    column: Annotated[
        str | None, typer.Option(metavar="NAME", help="Which column or key of a table holds your text.")
    ] = None,
    minutes: Annotated[
        float | None,
        typer.Option(
            min=0.1,
            max=LONGEST_MINUTES,
            callback=finite,
            help="How long the fine-tuning may take; 20 where nothing is said.",
        ),
    ] = None,
    passphrase_file: PassphraseFile = None,
    as_json: Json = False,
) -> None:
    """Teach a profile your own writing.

    What you wrote counts in the suggestions at once. Then the language's model is fine-tuned to all that the profile
    holds of the language, in a process of its own; the newest tenth is set aside to measure whether that helps, and
    the model is used if it does.

    Ctrl+C keeps the best model so far, if it helps. After a crash the same command goes on.
    """
    from autocomplete.cli.tuning_bar import TuningBar
    from autocomplete.finetuning.options import TuningOptions
    from autocomplete.finetuning.tuner import Tuner, need_torch
    from autocomplete.importers import Options, gather
    from autocomplete.installed import model_folder
    from autocomplete.model.bundle import Bundle

    need_torch()
    model = model_folder(language)
    name = Bundle.open(model).language
    told_apart = [language, *(other for other in autocomplete.languages() if other != name)]
    with open_profile(folder, passphrase_file=passphrase_file) as profile:
        found = gather(files, told_apart, Options(tuple(me or ()), column))
        _check(found, language)
        learned = _learn(profile, found, language, name, as_json)
        options = TuningOptions() if minutes is None else TuningOptions(minutes=minutes)
        with TuningBar() as bar:
            tuner = Tuner(profile, model, options, bar.hear)
            tuner.start()
            end, interrupted = _wait(tuner)
        _tell(end, learned, as_json=as_json, interrupted=interrupted)


def _check(found: Sequence["Found"], language: str) -> None:
    """Say of each file what is wrong with it; ImportFileError where there is nothing to learn from."""
    from autocomplete.importers import sum_up

    if not any(file.lines for file in found):
        kind = ImportFileError if any(file.path.exists() for file in found) else MissingImportError
        raise kind(" ".join(filter(None, (sum_up(found), _hint(found)))))
    others = {line.language for file in found for line in file.lines} - {language}
    if not any(line.language == language for file in found for line in file.lines):
        raise ImportFileError(
            f"What was found is not in the language {language!r} but in {' and '.join(sorted(others))}; "
            f"give it as --language."
        )
    for file in found:
        if file.problem:
            say("autocomplete", file.problem)


def _hint(found: Sequence["Found"]) -> str:
    """How to give what is missing here."""
    options = []
    if any(file.people for file in found):
        options.append("--me NAME")
    if any(file.columns for file in found):
        options.append("--column NAME")
    return f"Give it with {' and '.join(options)}." if options else ""


def _learn(
    profile: "autocomplete.Profile", found: Sequence["Found"], language: str, name: str, as_json: bool
) -> int:
    """Learn what is new in the files; gives how many words that is. `name`: what the profile calls the language."""
    from autocomplete.profile.importing import learn_found

    learned = learn_found(profile, [_only(file, language, name) for file in found])
    if not as_json:
        read = sum(bool(file.lines) for file in found)
        known_already = "" if learned else " All that was found was known already."
        typer.echo(f"{learned:,} words from {read} files were learned.{known_already}")
    return learned


def _only(file: "Found", language: str, name: str) -> "Found":
    return replace(file, lines=tuple(replace(line, language=name) for line in file.lines if line.language == language))


def _wait(tuner: "Tuner") -> tuple["End", bool]:
    """How it ended, and whether by Ctrl+C."""
    interrupted = False
    while True:
        try:
            end = tuner.wait(_LOOK_EVERY)
            if end is not None:
                return end, interrupted
        except KeyboardInterrupt:
            tuner.stop(keep=not interrupted)  # who presses it again means it
            interrupted = True


def _tell(end: "End", learned: int, *, as_json: bool, interrupted: bool) -> None:
    from autocomplete.finetuning.events import Done, Failed

    if isinstance(end, Failed):
        raise TuningError(end.reason)
    if not isinstance(end, Done):
        typer.echo(f"autocomplete: {end.reason}", err=True)
        raise typer.Exit(130)
    report = end.report
    if as_json:
        typer.echo(json.dumps({"learned": learned, **report.as_dict()}, ensure_ascii=False, indent=2))
        return
    stages = (report.before, report.with_words, report.after)
    saved, hits = ([f"{getattr(stage, name):.1%}" for stage in stages] for name in ("ksr", "hit3"))
    if interrupted:
        typer.echo("Stopped; the best model until then was kept.")
    typer.echo(
        f"keystrokes saved on your newest {report.words_aside:,} words: "
        f"{saved[0]} before, {saved[1]} with what you wrote, {saved[2]} after; "
        f"next word among three: {', '.join(hits)}; "
        f"bits per character: {report.before.bpc:.3f} before, {report.after.bpc:.3f} after"
    )
    typer.echo(report.reason if report.helped else f"{report.reason} The model is kept, but not used.")
