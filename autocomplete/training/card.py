"""The model card: what a model is, what it was made from and how well it was measured to do."""

import csv
import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from autocomplete.errors import CorpusError
from autocomplete.model.bundle import CONFIG, SAMPLE, Bundle, write_bundle
from autocomplete.model.config import LSTMConfig
from autocomplete.text.files import read_text

CARD = "MODEL_CARD.md"
SOURCES = "SOURCES.tsv"
_FIELDS = ("register", "licence", "source")

Rows = Mapping[str, Mapping[str, str]]


def make_card(
    language: str,
    config: LSTMConfig,
    training: Mapping[str, Any],
    rows: Rows,
    measures: Mapping[str, Any] | None,
) -> str:
    """The card as Markdown.

    training: as in the bundle's config.json. rows: what is known of each source, by its name (see
    `read_sources`). measures: what `autocomplete evaluate --json` printed.
    """
    parts = [
        f"# Model card: {language}",
        f"A streaming LSTM language model that completes words while they are typed, on the user's "
        f"own machine. Made on {training['date']}.",
        "## Architecture\n\n" + _architecture(config, training),
        "## Data\n\n" + _data(training, rows),
        "## Training\n\n" + _training(training),
        "## Licences\n\n" + _LICENCES,
        "## Measured\n\n" + (_measured(measures) if measures else _NOT_MEASURED),
    ]
    return "\n\n".join(parts) + "\n"


def write_card(folder: Path, sources_tsv: Path | None, measures: Mapping[str, Any] | None) -> None:
    """Write the card of an existing model anew; the model's checksums stay true.

    sources_tsv: licence and origin of each source, if known. Raises `ModelError` if the model is
    damaged, `CorpusError` if it does not say what it was trained on.
    """
    bundle = Bundle.open(folder)
    rows = read_sources(sources_tsv, bundle.language) if sources_tsv else {}
    try:
        card = make_card(bundle.language, bundle.config, bundle.training, rows, measures)
    except KeyError as error:
        raise CorpusError(f"{folder / CONFIG} does not say the training's {error}.") from error
    names = json.loads((folder / CONFIG).read_bytes())["files"]
    write_bundle(
        folder,
        language=bundle.language,
        tokenizer_kind=bundle.tokenizer_kind,
        config=bundle.config,
        files={**{name: bundle.path(name) for name in names if name != CARD}, CARD: card.encode()},
        training=bundle.training,
    )


def read_sources(path: Path, language: str) -> dict[str, dict[str, str]]:
    """What a table of sources (tab-separated, with a head) says of each, by its name.

    Columns: name, and any of language, register, licence, source.
    """
    try:
        with path.open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
        return {row["name"]: row for row in rows if row.get("language") in (language, None)}
    except (OSError, ValueError, KeyError, csv.Error) as error:
        raise CorpusError(f"{path} is not a table of sources ({error}).") from error


def source_rows(paths: Iterable[Path], language: str) -> dict[str, dict[str, str]]:
    """What the SOURCES.tsv beside the corpus files, or a folder above them, says of each source."""
    folders = dict.fromkeys(path.resolve().parent for path in paths)
    tables = dict.fromkeys(table for folder in folders for table in (folder.parent / SOURCES, folder / SOURCES))
    rows: dict[str, dict[str, str]] = {}
    for table in tables:
        if table.is_file():
            rows |= read_sources(table, language)
    return rows


def read_measures(path: Path) -> dict[str, Any]:
    """What `autocomplete evaluate --json` printed into a file."""
    try:
        measures: dict[str, Any] = json.loads(read_text(path))
        _measured(measures)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise CorpusError(f"{path} is not what `autocomplete evaluate --json` prints ({error}).") from error
    return measures


def _architecture(config: LSTMConfig, training: Mapping[str, Any]) -> str:
    kind = {"unigram": "unigram subwords", "char": "characters"}[training["options"]["tokenizer"]]
    projected = f" with a recurrent projection of {config.recurrent_projection}" * (config.recurrent_projection > 0)
    return (
        f"{config.layers} LSTM layer{'s' * (config.layers > 1)} of {config.hidden} cells{projected}, embedding of "
        f"{config.embedding}, tied with the output; {config.vocabulary:,} pieces ({kind}); "
        f"{config.parameters / 1e6:.1f} million parameters. Weights are kept in fp16 and multiplied as "
        "8-bit integers. "
        + (
            f"Beside it stands an n-gram model of up to {training['options']['ngram_words']:,} words."
            if "ngram_words" in training["options"]
            else "There is no n-gram model beside it."
        )
    )


def _data(training: Mapping[str, Any], rows: Rows) -> str:
    head = ["source", "weight", "million characters", "register", "licence", "origin"]
    body = [
        [
            source["name"],
            f"{source['weight']:g}",
            f"{source['characters'] / 1e6:.2f}",
            *(rows.get(source["name"], {}).get(field) or "not stated" for field in _FIELDS),
        ]
        for source in training["sources"]
    ]
    notes = "The weight says how often a pass over the data reads the source (0.5: half of it)."
    if sample := training["options"].get("sample_tokens"):
        notes += (
            f"\n\n`{SAMPLE}` holds about {sample:,} tokens of this text, of each source its share, so that "
            "fine-tuning to a person can keep it from forgetting the language."
        )
    return _table(head, body) + "\n\n" + notes


def _training(training: Mapping[str, Any]) -> str:
    options = training["options"]
    return (
        f"{training['steps']:,} updates of {options['batch']} × {options['chunk']} tokens "
        f"({training['tokens'] / 1e6:.1f} million tokens) in {training['seconds'] / 60:.0f} minutes "
        f"on {training['processes']} process{'es' * (training['processes'] > 1)}: truncated "
        f"back-propagation with carried state, segments of {options['segment']} tokens, AdamW with "
        f"rate {options['rate']:g} decayed to zero, "
        + (f"{options['samples']} sampled negatives" if options["samples"] else "full softmax")
        + f", dropout {options['dropout']:g}, seed {options['seed']}. Smoothed loss at the end: "
        f"{training['loss']:.3f} nats a token, {training['bits_per_character']:.3f} bits a character "
        "of training text." + (f" {training['note']}" if "note" in training else "")
    )


def _measured(measures: Mapping[str, Any]) -> str:
    rows = [(Path(file["file"]).name, file) for file in measures["files"]]
    if len(rows) > 1:
        rows.append(("together", measures["together"]))
    head = ["text", "lines", "keystrokes saved", "hit@1", "hit@3", "bits/character", "p50", "p99"]
    body = [
        [
            name,
            f"{m['lines']:,}",
            f"{m['ksr']:.1%}",
            f"{m['hit1']:.1%}",
            f"{m['hit3']:.1%}",
            f"{m['bpc']:.3f}",
            f"{m['latency']['p50']:.2f} ms",
            f"{m['latency']['p99']:.2f} ms",
        ]
        for name, m in rows
    ]
    return _table(head, body) + "\n\nMeasured with `autocomplete evaluate` on text held out."


def _table(head: list[str], body: list[list[str]]) -> str:
    rows = [head, ["---"] * len(head), *body]
    return "\n".join("| " + " | ".join(c.replace("|", "\\|") for c in row) + " |" for row in rows)


_LICENCES = (
    "The program's licence does not extend to the training text: each source keeps its own, named "
    "above. Where it asks for attribution (CC BY, CC BY-SA, CDLA and others), the table gives it. The "
    "model holds weights, counts of word sequences and word lists made from that text, and where the table's notes say "
    "so, a sample of it."
)
_NOT_MEASURED = (
    "Not yet. `autocomplete evaluate FILE --language FOLDER --json > measures.json` measures on text "
    "held out; the training command again, with `--measures measures.json`, writes it here."
)
