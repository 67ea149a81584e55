"""`autocomplete profile`: what was learned from the user; to look through, carry elsewhere, forget and delete."""

import json
from dataclasses import asdict
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from autocomplete.cli.options import (
    Json,
    PassphraseFile,
    Profile,
    ask_passphrase,
    can_ask,
    known_passphrase,
    open_profile,
)
from autocomplete.errors import PassphraseError, ProfileError, UsageError

if TYPE_CHECKING:
    from autocomplete.profile.listing import LearnedWord, Preview

NEW_PASSPHRASE = "AUTOCOMPLETE_NEW_PASSPHRASE"  # noqa: S105 - its name

profile = typer.Typer(
    no_args_is_help=True, rich_markup_mode=None, help="Show, export, import, forget or delete what was learned."
)

Replace = Annotated[bool, typer.Option("--replace", help="Replace what is there.")]


class Sort(StrEnum):
    """What comes first."""

    COUNT = "count"
    RECENT = "recent"
    NAME = "name"


@profile.command()
def show(folder: Profile = None, passphrase_file: PassphraseFile = None, as_json: Json = False) -> None:
    """Show what a profile holds: words by language, documents, models, and where it is."""
    with open_profile(folder, read_only=True, passphrase_file=passphrase_file) as opened:
        there = opened.folder.is_dir()
        held = opened.preview()
        documents = [asdict(document) for document in opened.documents()]
        models = [asdict(model) for language in opened.languages() for model in opened.models(language)]
        others = opened.strangers()
        facts = _facts(held) | {"folder": str(opened.folder), "others": others}
    if as_json:
        _print_json(facts | {"documents": documents, "models": models})
        return
    typer.echo(f"{opened.folder}{'' if there else ' (nothing is learned yet)'}")
    _print_facts(held)
    for document in documents:
        name = document["title"] or document["id"]
        typer.echo(f"  {document['words']:7,} words  {_day(document['last'])}  {name}  [{document['id']}]")
    for model in models:
        state = ", ".join(word for word in ("active", "stale") if model[word]) or "not in use"
        typer.echo(f"  model {model['id']}  {model['language']}  {_day(model['created'])}  {state}")
    if others:
        typer.echo(f"also in the folder, but not part of the profile: {', '.join(others)}")


@profile.command()
def words(
    language: Annotated[str, typer.Option("--language", "-l", metavar="NAME", help="Words of this language.")] = "en",
    search: Annotated[str, typer.Option(help="Only words that contain this, in upper or lower case.")] = "",
    sort: Annotated[Sort, typer.Option(help="What to sort by.")] = Sort.COUNT,
    folder: Profile = None,
    passphrase_file: PassphraseFile = None,
    as_json: Json = False,
) -> None:
    """List the words learned, one a line: how often it was written, when last, and what else is known of it."""
    with open_profile(folder, read_only=True, passphrase_file=passphrase_file) as opened:
        _use_base(opened, language)
        found = [word for word in opened.words(language) if search.lower() in word.text.lower()]
    keys = {Sort.COUNT: _by_count, Sort.RECENT: _by_time, Sort.NAME: _by_name}
    found.sort(key=keys[sort])
    if as_json:
        _print_json([asdict(word) for word in found])
        return
    for word in found:
        notes = [name for name in ("new", "added", "never") if getattr(word, name)]
        when = _day(word.last_used) if word.count else " " * 10
        typer.echo("\t".join([f"{word.count:6}", when, word.text, ", ".join(notes)]).rstrip())


@profile.command()
def export(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The file to write, usually NAME.zip.")],
    replace: Replace = False,
    folder: Profile = None,
    passphrase_file: PassphraseFile = None,
    as_json: Json = False,
) -> None:
    """Write a profile into one file. It is sealed if the profile is, and readable by anyone if not."""
    from autocomplete.profile.archive import export_profile

    with open_profile(folder, read_only=True, passphrase_file=passphrase_file) as opened:
        held = export_profile(opened, file, replace=replace)
    _print_held(held, as_json)


@profile.command("import")
def import_(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A file that `export` wrote.")],
    replace: Replace = False,
    preview: Annotated[bool, typer.Option("--preview", help="Only show what the file holds.")] = False,
    folder: Profile = None,
    passphrase_file: PassphraseFile = None,
    as_json: Json = False,
) -> None:
    """Make the profile in FILE the one in use, with the passphrase it was exported with."""
    from autocomplete.profile import archive
    from autocomplete.profile.folder import default_folder

    passphrase = known_passphrase(passphrase_file)
    held, place = archive.preview(file), folder or default_folder()
    others: list[str] = []
    if not preview:
        if held.sealed and passphrase is None and can_ask():
            passphrase = ask_passphrase(f"Passphrase of {file}")
        others = archive.import_profile(file, place, passphrase, replace=replace)
    _print_held(held, as_json)
    _note_kept(place, others)


@profile.command()
def forget(
    words: Annotated[list[str] | None, typer.Argument(metavar="WORD…", help="Words to forget everywhere.")] = None,
    document: Annotated[
        str | None, typer.Option(metavar="ID", help="Forget all of this document, or only WORDs in it.")
    ] = None,
    folder: Profile = None,
    passphrase_file: PassphraseFile = None,
) -> None:
    """Forget words, in any case, or a document; `show` lists the documents' ids."""
    if not words and document is None:
        raise typer.BadParameter("name a WORD, or a document with --document.")
    with open_profile(folder, passphrase_file=passphrase_file) as opened:
        for word in words or []:
            if not opened.forget_word(word, document):
                raise ProfileError(f"The word “{word}” is not in the profile {opened.folder}.")
            typer.echo(f"“{word}” is forgotten.")
        if not words and document is not None:
            for language in opened.languages():
                _use_base(opened, language)
            if not opened.forget_document(document):
                raise ProfileError(f"There is no document {document!r} in the profile {opened.folder}.")
            typer.echo(f"The document {document} is forgotten.")


@profile.command()
def delete(
    yes: Annotated[bool, typer.Option("--yes", help="Don't ask for confirmation.")] = False,
    folder: Profile = None,
) -> None:
    """Delete a profile with all that was ever learned; no passphrase is needed for that. Other files are kept."""
    from autocomplete.profile.deleting import delete_profile
    from autocomplete.profile.folder import default_folder

    place = folder or default_folder()
    if not yes:
        if not can_ask():
            raise UsageError(f"Deleting {place} has to be confirmed; give --yes where no question can be asked.")
        typer.confirm(f"Delete {place} and everything learned?", abort=True, err=True)
    kept = delete_profile(place)
    typer.echo(f"The profile in {place} is deleted.")
    _note_kept(place, kept)


@profile.command()
def passphrase(
    remove: Annotated[bool, typer.Option("--remove", help="Unseal the profile.")] = False,
    new_passphrase_file: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE", help=f"The new one is its first line. Else it is ${NEW_PASSPHRASE}, or asked for."
        ),
    ] = None,
    folder: Profile = None,
    passphrase_file: PassphraseFile = None,
) -> None:
    """Seal a profile with a passphrase, change it, or unseal the profile."""
    with open_profile(folder, passphrase_file=passphrase_file, accept_unsealed=True) as opened:
        new = None if remove else known_passphrase(new_passphrase_file, NEW_PASSPHRASE)
        if new is None and not remove:
            if not can_ask():
                raise PassphraseError(f"No new passphrase was given; set {NEW_PASSPHRASE} or --new-passphrase-file.")
            new = ask_passphrase("New passphrase", twice=True)
        opened.set_passphrase(new)
        typer.echo(f"{opened.folder} is {'no longer sealed' if new is None else 'sealed'}.")


def _use_base(opened: Any, language: str) -> None:
    """Tell the profile which words the shipped model of a language knows."""
    import autocomplete

    if language not in autocomplete.languages():
        return
    from autocomplete.installed import model_folder
    from autocomplete.model.bundle import NGRAM, Bundle
    from autocomplete.model.ngram import NGramModel

    opened.use_base(language, NGramModel.load(Bundle.open(model_folder(language)).path(NGRAM)))


def _by_count(word: "LearnedWord") -> tuple[int, str]:
    return -word.count, word.text


def _by_time(word: "LearnedWord") -> tuple[float, str]:
    return -word.last_used, word.text


def _by_name(word: "LearnedWord") -> tuple[str, str]:
    return word.text.lower(), word.text


def _facts(held: "Preview") -> dict[str, Any]:
    facts = asdict(held)
    facts["counts"] = {name: facts.pop(name) for name in ("words", "documents", "models")}
    return facts


def _print_held(held: "Preview", as_json: bool) -> None:
    if as_json:
        _print_json(_facts(held))
    else:
        _print_facts(held)


def _print_facts(held: "Preview") -> None:
    by_language = ", ".join(f"{count:,} ({language})" for language, count in sorted(held.words.items()))
    typer.echo(f"words: {by_language or 'none'}; documents: {held.documents}; models: {held.models}")
    if held.first is not None and held.last is not None:
        typer.echo(f"learned: {_day(held.first)} to {_day(held.last)}")
    typer.echo(f"{'sealed with a passphrase' if held.sealed else 'not sealed'}; {held.size / 1e6:.1f} MB")


def _note_kept(place: Path, names: list[str]) -> None:
    """Say on stderr what was left alone."""
    if names:
        typer.echo(f"Kept in {place}, since it is not part of the profile: {', '.join(names)}.", err=True)


def _day(time: float) -> str:
    """As "2024-05-31"; of a time that is not known, as wide."""
    if not time:
        return "unknown   "
    return datetime.fromtimestamp(time).astimezone().date().isoformat()


def _print_json(data: Any) -> None:
    typer.echo(json.dumps(data, ensure_ascii=False, indent=2))
