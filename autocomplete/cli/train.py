"""`autocomplete train`: from text files to a model folder."""

import json
import os
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from autocomplete.cli.options import LONGEST_MINUTES, Json, check_utf8, finite
from autocomplete.edge import exit_code
from autocomplete.errors import Error, NotInstalledError, TrainingOptionError

if TYPE_CHECKING:
    from autocomplete.training.distributed import Meeting
    from autocomplete.training.mixture import Source
    from autocomplete.training.recipe import Recipe

_MINUTES = 90.0
_STOPPED = "autocomplete: stopped; the same command continues, or exports the model as it is with --finish."


def train(
    language: Annotated[str, typer.Option("--language", "-l", metavar="NAME", help="The language's name: en.")],
    corpus: Annotated[list[Path], typer.Option(metavar="FILES…", help="UTF-8 text: .txt, .xz or .zst.")],
    out: Annotated[Path, typer.Option(metavar="DIR", help="The model's folder; DIR.work keeps the stages.")],
    more: Annotated[list[Path] | None, typer.Argument(metavar="[FILES…]", help="More files of the corpus.")] = None,
    mixture: Annotated[Path | None, typer.Option(metavar="FILE", help="TOML with the weights of the files.")] = None,
    late_mixture: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Other weights for the last third of the training.")
    ] = None,
    dev: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Held-out text, measured now and then.")
    ] = None,
    minutes: Annotated[
        float | None,
        typer.Option(
            min=0.01,
            max=LONGEST_MINUTES,
            callback=finite,
            help=f"Time to train; {_MINUTES:g} where no end is given.",
        ),
    ] = None,
    steps: Annotated[int | None, typer.Option(min=1, max=2**40, help="Updates to train.")] = None,
    tokenizer: Annotated[Literal["unigram", "char"], typer.Option(help="Subwords or characters.")] = "unigram",
    pieces: Annotated[int, typer.Option(min=300, max=65536, help="Size of the vocabulary.")] = 12_000,
    embedding: Annotated[int | None, typer.Option(min=1, help="Width of a piece's vector; 256.")] = None,
    hidden: Annotated[int | None, typer.Option(min=1, help="Cells of an LSTM layer; 512.")] = None,
    layers: Annotated[int | None, typer.Option(min=1, help="LSTM layers; 1.")] = None,
    recurrent_projection: Annotated[
        int | None, typer.Option(min=0, help="Width of the recurrent projection; 0 for none.")
    ] = None,
    batch: Annotated[int, typer.Option(min=1, help="Segments read side by side.")] = 48,
    chunk: Annotated[int, typer.Option(min=1, help="Tokens between two updates.")] = 64,
    segment: Annotated[int, typer.Option(min=1, help="Tokens read before a fresh start.")] = 1024,
    rate: Annotated[float, typer.Option(min=0, max=1000, callback=finite, help="Peak learning rate.")] = 2.5e-3,
    dropout: Annotated[float, typer.Option(min=0, max=0.99, callback=finite, help="Of embeddings and layers.")] = 0.0,
    samples: Annotated[int, typer.Option(min=0, help="Negatives of the sampled softmax; 0: the full one.")] = 1024,
    seed: Annotated[int, typer.Option(min=0, max=2**30, help="Same seed, same model.")] = 1,
    start: Annotated[
        Path | None,
        typer.Option(metavar="DIR", help="A model to start from; sizes not given are its own."),
    ] = None,
    ngram: Annotated[bool, typer.Option(help="Keep an n-gram model beside the LSTM.")] = True,
    ngram_words: Annotated[int, typer.Option(min=1, max=2**24, help="Words of the n-gram model.")] = 65_000,
    ngram_megabytes: Annotated[
        float, typer.Option(min=0, max=10_000, callback=finite, help="Size of the n-gram model, in megabytes.")
    ] = 19.9,
    sample: Annotated[
        bool, typer.Option(help="Ship a small sample of the text with the model, for fine-tuning.")
    ] = True,
    measures: Annotated[
        Path | None, typer.Option(metavar="FILE", help="From evaluate --json, for the model card.")
    ] = None,
    processes: Annotated[int, typer.Option(min=1, max=1024, help="Processes that train together, one a core.")] = 1,
    threads: Annotated[int, typer.Option(min=1, max=1024, help="Processor threads a process.")] = 1,
    save_minutes: Annotated[
        float, typer.Option(min=0, max=LONGEST_MINUTES, callback=finite, help="Minutes between checkpoints.")
    ] = 5.0,
    finish: Annotated[
        bool, typer.Option("--finish", help="Stop training and export the model as it is now.")
    ] = False,
    as_json: Json = False,
) -> None:
    """Train a model on FILES: a folder that the other commands take as --language.

    What is finished is kept in DIR.work. After Ctrl+C, a crash or kill -9, the same command goes on.
    Under torchrun processes of several machines train one model.
    """
    is_main = os.environ.get("RANK", "0") == "0"
    try:
        check_utf8(language)
        _need_torch()
        from autocomplete.training.card import read_measures
        from autocomplete.training.distributed import under_torchrun
        from autocomplete.training.mixture import read_mixture, sources
        from autocomplete.training.ngram import NGramOptions
        from autocomplete.training.options import TrainingOptions
        from autocomplete.training.processes import beside
        from autocomplete.training.recipe import Recipe
        from autocomplete.training.sample import TOKENS

        recipe = Recipe(
            language=language,
            training=TrainingOptions(
                minutes=_MINUTES if minutes is None and steps is None else minutes,
                steps=steps,
                batch=batch,
                chunk=chunk,
                segment=segment,
                rate=rate,
                samples=samples,
                dropout=dropout,
                seed=seed,
                save_minutes=save_minutes,
            ),
            tokenizer=tokenizer,
            pieces=pieces,
            **_sizes(
                start,
                embedding=embedding,
                hidden=hidden,
                layers=layers,
                recurrent_projection=recurrent_projection,
            ),
            ngram=NGramOptions(words=ngram_words, megabytes=ngram_megabytes) if ngram else None,
            sample=TOKENS if sample else 0,
            start=start.resolve() if start else None,
        )
        weights = read_mixture(mixture) if mixture else {}
        measured = read_measures(measures) if measures else None
        paths = [*corpus, *(more or [])]
        if processes > 1 and under_torchrun():
            raise TrainingOptionError("--processes starts them itself; leave it out under torchrun.")
        job = partial(
            _run,
            files=sources(paths, weights),
            late=sources(paths, read_mixture(late_mixture)) if late_mixture else [],
            recipe=recipe,
            out=out.resolve(),
            held_out=dev,
            finish=finish,
            measures=measured,
            threads=threads,
        )
        with beside(processes, partial(job, silent=True)) as meeting:
            record = job(meeting, silent=not is_main)
    except Error as error:
        if is_main:
            raise
        raise typer.Exit(exit_code(error)) from None  # one process speaks for all
    except KeyboardInterrupt:
        if is_main:
            typer.echo(_STOPPED, err=True)
        raise typer.Exit(130) from None
    if is_main:
        _tell(out, record, as_json)


def _run(
    meeting: "Meeting | None",
    *,
    files: "list[Source]",
    late: "list[Source]",
    recipe: "Recipe",
    out: Path,
    held_out: Path | None,
    finish: bool,
    measures: dict[str, object] | None,
    threads: int,
    silent: bool,
) -> dict[str, object]:
    """What one process does; the same in all of them."""
    import torch

    from autocomplete.cli.training_bar import TrainingBar
    from autocomplete.training.distributed import joined
    from autocomplete.training.pipeline import Run

    # One thread a process: an LSTM's steps are too short to share, and two processes are faster.
    torch.set_num_threads(threads)
    with joined(meeting) as team, TrainingBar(silent=silent) as bar:
        return Run(files, recipe, out, team, bar, late, held_out, finish).train(measures)


def _sizes(start: Path | None, **given: int | None) -> dict[str, int]:
    """The model's sizes: those that were given, else those of the model to start from, else the usual ones."""
    from autocomplete.model.bundle import Bundle
    from autocomplete.training.recipe import Recipe

    usual = Recipe if start is None else Bundle.open(start).config
    return {name: getattr(usual, name) if size is None else size for name, size in given.items()}


def _need_torch() -> None:
    if find_spec("torch") is None or find_spec("onnx") is None:
        raise NotInstalledError(
            "Training needs PyTorch and onnx, which are not installed; install them with: "
            'pip install "autocomplete-desktop[train]"'
        )


def _tell(out: Path, record: dict[str, object], as_json: bool) -> None:
    if as_json:
        typer.echo(json.dumps({"model": str(out), **record}, ensure_ascii=False, indent=2))
    else:
        typer.echo(f'{out} is ready; try: autocomplete suggest --language {out} "…"')
