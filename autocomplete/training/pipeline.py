"""From text files to a model folder, stage by stage.

Words are counted for the tokenizer, the corpus is packed into shards, a sample of them drawn, the n-gram
n-gram model counted, the LSTM trained and everything exported. Each stage leaves its result in a work folder
beside the model; the same call again, after a kill or a stop, goes on from there.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import torch

from autocomplete.errors import CorpusError
from autocomplete.model.bundle import CONFIG, NGRAM, SAMPLE, SPELLINGS, TOKENIZER, Bundle, write_bundle
from autocomplete.model.export import export
from autocomplete.model.lstm import LSTMLanguageModel
from autocomplete.model.ngram import NGramModel
from autocomplete.model.spelling import spell
from autocomplete.text.index import PieceIndex
from autocomplete.text.tokenizer import Tokenizer
from autocomplete.training.card import CARD, make_card, source_rows
from autocomplete.training.checkpoint import Progress
from autocomplete.training.distributed import Distributed
from autocomplete.training.files import writing_to
from autocomplete.training.held_out import HeldOut
from autocomplete.training.loss import SampledSoftmax
from autocomplete.training.memory import check_memory
from autocomplete.training.mixture import Source
from autocomplete.training.ngram import count_ngrams
from autocomplete.training.precision import fastest_dtype
from autocomplete.training.recipe import Recipe
from autocomplete.training.sample import draw_sample
from autocomplete.training.segments import Segments
from autocomplete.training.shards import (
    Shard,
    count_ends,
    count_pieces,
    pack,
    tokens_per_character,
)
from autocomplete.training.start import check_start, load_weights
from autocomplete.training.tokenizer import count_units, train_tokenizer
from autocomplete.training.trainer import Texts, Trainer
from autocomplete.training.word_ends import WordEnds
from autocomplete.training.work import WorkFolder


class Watcher:
    """Is told how a run goes; this one lets it pass."""

    def stage(self, name: str, total: int) -> None:
        """A stage begins; it will advance by `total` in all."""

    def advance(self, amount: int) -> None:
        """The stage went on by so many bytes."""

    def trained(self, progress: Progress, share: float, tokens: int, bpc: float) -> None:
        """One more update; tokens: read until now, share: of the budget used."""

    def stopped(self) -> bool:
        """Whether to stop now, leaving a checkpoint."""
        return False


@dataclass(frozen=True)
class Run:
    """One run: the sources with their weights, what to make of them, and where.

    late: the sources with the weights that count in the last third of the training; none where the same count
    throughout. held_out: text that is predicted now and then. finish: ends the training at its checkpoint.
    """

    sources: Sequence[Source]
    recipe: Recipe
    out: Path
    team: Distributed
    watcher: Watcher
    late: Sequence[Source] = ()
    held_out: Path | None = None
    finish: bool = False

    @property
    def work(self) -> WorkFolder:
        """The folder beside the model's that keeps the stages."""
        return WorkFolder(self.out.with_name(self.out.name + ".work"))

    def train(self, measures: dict[str, Any] | None = None) -> dict[str, Any]:
        """Make the model; returns what its config.json says of the training.

        measures: what `autocomplete evaluate --json` printed, for the model card. Raises
        `CorpusError` for text, options or folders that can't be used, KeyboardInterrupt when stopped.
        """
        _check_out(self.out)
        check_memory(self.recipe)
        with writing_to(self.work.folder):
            if self.team.is_main:
                self._prepare()
            self.team.wait()
            tokenizer = Tokenizer.load(self.work.folder / TOKENIZER)
            shards = self._pack(tokenizer, self.sources)
            model, progress = self._train(tokenizer, shards)
            record = self._record(shards, model, progress)
            if self.team.is_main:
                self._write(model, record, measures)
        return record

    def _prepare(self) -> None:
        """All stages before training, by the first process alone."""
        work, recipe, size = self.work, self.recipe, self._bytes()
        if recipe.start is not None:
            check_start(recipe.start, recipe.shape)
        work.begin(recipe.decides(self.sources, self.late))

        def tokenizer() -> bytes:
            if recipe.start is not None:
                return Bundle.open(recipe.start).path(TOKENIZER).read_bytes()
            self.watcher.stage("counting words", size)
            counts = count_units(self.sources, self.watcher.advance)
            return train_tokenizer(counts, recipe.pieces, recipe.tokenizer)

        trained = Tokenizer.load(work.file(TOKENIZER, tokenizer))
        self.watcher.stage("cutting into pieces", size)
        shards = self._pack(trained, self.sources)
        self._pack(trained, self.late)
        if recipe.sample:
            bos, newline, seed = trained.bos, trained.newline, recipe.training.seed
            work.file(
                SAMPLE,
                lambda: draw_sample(shards, bos=bos, newline=newline, seed=seed, tokens=recipe.sample).as_bytes(),
            )
        options = recipe.ngram
        if options is not None:
            # The root of the weight: the n-gram model wants breadth, since it knows only what it was shown
            # word for word; the LSTM wants nearness to what people type, and generalizes.
            rooted = [Source(source.path, math.sqrt(source.weight)) for source in self.sources]

            def ngram() -> bytes:
                self.watcher.stage("counting word sequences", size)
                return count_ngrams(rooted, options, self.watcher.advance)

            counted = work.file(NGRAM, ngram)
            work.file(SPELLINGS, lambda: spell(NGramModel.load(counted), trained))

    def _pack(self, tokenizer: Tokenizer, sources: Sequence[Source]) -> list[Shard]:
        return pack(sources, tokenizer, self.work.folder / "shards", self.watcher.advance)

    def _train(self, tokenizer: Tokenizer, shards: list[Shard]) -> tuple[LSTMLanguageModel, Progress]:
        recipe, options, team = self.recipe, self.recipe.training, self.team
        torch.manual_seed(options.seed)
        model = LSTMLanguageModel(recipe.config(tokenizer.size), options.dropout)
        if recipe.start is not None:
            load_weights(model, recipe.start)
        else:
            usual = torch.from_numpy(count_ends(shards, tokenizer))
            model.end_bias.data.copy_(usual.logit(eps=1e-3))
        model.to(team.device)
        counts = torch.from_numpy(count_pieces(shards, tokenizer.size))
        loss = SampledSoftmax(counts, options.samples, options.seed)
        (low,) = team.sum([team.is_main and fastest_dtype(team.device) == torch.bfloat16])
        compute = torch.bfloat16 if low else torch.float32
        ends = WordEnds.of(tokenizer, team.device)
        texts = Texts(
            self._segments(shards, tokenizer, options.seed),
            self._segments(self._pack(tokenizer, self.late), tokenizer, options.seed + 1) if self.late else None,
            HeldOut(self.held_out, tokenizer) if self.held_out else None,
        )
        trainer = Trainer(model, texts, loss, ends, options, self.work.folder, team, compute)
        bits = _bits_per_character(shards)
        self.watcher.stage("training", 0)

        def report(progress: Progress, share: float) -> None:
            read = progress.step * options.tokens
            self.watcher.trained(progress, share, read, progress.loss * bits)

        return model, trainer.run(report, self.watcher.stopped, finish=self.finish)

    def _segments(self, shards: Sequence[Shard], tokenizer: Tokenizer, seed: int) -> Segments:
        options = self.recipe.training
        length, batch = options.segment, options.batch
        return Segments(shards, bos=tokenizer.bos, newline=tokenizer.newline, length=length, batch=batch, seed=seed)

    def _record(self, shards: list[Shard], model: LSTMLanguageModel, progress: Progress) -> dict[str, Any]:
        tokens = progress.step * self.recipe.training.tokens
        return {
            "date": datetime.now(UTC).date().isoformat(),
            "parameters": model.config.parameters,
            "steps": progress.step,
            "seconds": round(progress.seconds),
            "tokens": tokens,
            "tokens_per_second": round(tokens / max(progress.seconds, 1e-9)),
            "loss": round(progress.loss, 4),
            "bits_per_character": round(progress.loss * _bits_per_character(shards), 4),
            "processes": self.team.size,
            "options": self.recipe.as_dict(),
            "sources": [
                {"name": source.name, "weight": source.weight, "characters": shard.characters}
                for source, shard in zip(self.sources, shards, strict=True)
            ],
            **({"late": {source.name: source.weight for source in self.late}} if self.late else {}),
            **({} if progress.dev is None else {"held_out_bits_per_character": round(progress.dev, 4)}),
            **self._before(),
        }

    def _before(self) -> dict[str, str]:
        """What is to be said of the model that this run began with."""
        if self.recipe.start is None:
            return {}
        before = Bundle.open(self.recipe.start).training
        note = f"Trained on from a model that had read {before['tokens'] / 1e6:.1f} million tokens."
        return {"note": f"{note} Of that one: {before['note']}" if "note" in before else note}

    def _write(self, model: LSTMLanguageModel, record: dict[str, Any], measures: dict[str, Any] | None) -> None:
        self.watcher.stage("writing the model", 0)
        work, language = self.work.folder, self.recipe.language
        rows = source_rows([source.path for source in self.sources], language)
        card = make_card(language, model.config, record, rows, measures)
        names = [TOKENIZER, *([NGRAM, SPELLINGS] if self.recipe.ngram else [])]
        names += [SAMPLE] if self.recipe.sample else []
        pieces = PieceIndex(Tokenizer.load(work / TOKENIZER))
        write_bundle(
            self.out,
            language=language,
            tokenizer_kind=self.recipe.kind,
            config=model.config,
            files={
                **export(model, pieces.starting.ids, pieces.continuing.ids),
                **{name: work / name for name in names},
                CARD: card.encode(),
            },
            training=record,
        )

    def _bytes(self) -> int:
        return sum(source.path.stat().st_size for source in self.sources)


def _check_out(out: Path) -> None:
    """The model's folder is replaced as a whole: it must be nothing else."""
    if out.is_file() or (out.is_dir() and any(out.iterdir()) and not (out / CONFIG).exists()):
        raise CorpusError(f"{out} exists and is not a model; choose another --out.")


def _bits_per_character(shards: Sequence[Shard]) -> float:
    """What a loss of one nat a token is in bits a character."""
    return tokens_per_character(shards) / math.log(2)
