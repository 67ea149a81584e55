"""Two tiny models, trained within seconds from the sentences in tests/tiny: English and German."""

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from autocomplete.model.lstm import LSTMLanguageModel
    from autocomplete.text.tokenizer import Tokenizer

SENTENCES = Path(__file__).parent / "tiny"
_PIECES = 460
_UPDATES = 200
_BATCH = 16
_CHUNK = 32


def sentences(language: str) -> str:
    """What the model of "en" or "de" was trained on: a sentence a line."""
    return (SENTENCES / f"{language}.txt").read_text(encoding="utf-8")


def tiny_tokenizer(language: str, kind: Literal["unigram", "char"] = "unigram") -> bytes:
    """The sentencepiece model of the sentences."""
    from autocomplete.text.units import split_units
    from autocomplete.training.tokenizer import train_tokenizer

    return train_tokenizer(Counter(split_units(sentences(language))), _PIECES, kind)


def write_tiny_model(folder: Path, language: str) -> Path:
    """Makes `folder` a whole bundle, as `autocomplete train` would."""
    from autocomplete.model.bundle import write_bundle
    from autocomplete.model.export import export
    from autocomplete.model.ngram import NGramModel
    from autocomplete.model.spelling import spell
    from autocomplete.text.index import PieceIndex
    from autocomplete.text.tokenizer import Tokenizer
    from autocomplete.training.ngram import NGramOptions, Source, count_ngrams

    pieces = tiny_tokenizer(language)
    tokenizer = Tokenizer(pieces)
    source = Source(SENTENCES / f"{language}.txt")
    index = PieceIndex(tokenizer)
    model = _train(tokenizer, sentences(language))
    if language == "en":  # one model with a recurrent projection and one without: both are shipped
        model = _projected(model)
    memory = folder.with_name(f"{language} memory")
    options = NGramOptions(min_word=2, min_counts=(2, 2, 2), discounts=(0.3, 0.4, 0.5), explained=0.2)
    memory.write_bytes(count_ngrams([source], options))
    files = {
        **export(model, index.starting.ids, index.continuing.ids),
        "tokenizer.model": pieces,
        "spellings.safetensors": spell(NGramModel.load(memory), tokenizer),
        "ngram.safetensors": memory,
    }
    write_bundle(folder, language=language, tokenizer_kind="unigram", config=model.config, files=files, training={})
    return folder


def _train(tokenizer: "Tokenizer", text: str) -> "LSTMLanguageModel":
    import torch

    from autocomplete.model.config import LSTMConfig
    from autocomplete.model.lstm import LSTMLanguageModel
    from autocomplete.training.word_ends import WordEnds

    lines = text.splitlines(keepends=True)
    documents = ["".join(lines[i : i + 4]) for i in range(0, len(lines), 4)]
    ids = [token for document in documents for token in (tokenizer.bos, *tokenizer.encode(document))]
    length = len(ids) // _BATCH
    tokens = torch.tensor(ids[: _BATCH * length]).view(_BATCH, length).T
    threads = torch.get_num_threads()
    torch.set_num_threads(1)  # several wait for each other where other programs run
    with torch.random.fork_rng(), torch.enable_grad():
        torch.manual_seed(5)
        model = LSTMLanguageModel(LSTMConfig(tokenizer.size, embedding=32, hidden=32))
        ends = WordEnds.of(tokenizer, torch.device("cpu"))
        optimizer = torch.optim.Adam(model.parameters(), lr=0.02)
        for update in range(_UPDATES):
            start = update * _CHUNK % (length - _CHUNK)
            chunk = tokens[start : start + _CHUNK + 1]
            projected, _ = model(chunk[:-1], model.initial_state(_BATCH))
            scores = model.log_probabilities(projected)
            optimizer.zero_grad()
            loss = -scores.gather(-1, chunk[1:, :, None]).mean()
            (loss + ends.loss(model, projected, chunk[1:])).backward()
            optimizer.step()
    torch.set_num_threads(threads)
    return model.eval()


def _projected(model: "LSTMLanguageModel") -> "LSTMLanguageModel":
    """The same function from more cells, of which a projection shows as many numbers as before."""
    from dataclasses import replace

    import torch

    from autocomplete.model.lstm import LSTMLanguageModel
    from autocomplete.training.start import grown

    before = model.config
    with torch.random.fork_rng():
        torch.manual_seed(6)
        config = replace(before, hidden=before.hidden + 8, recurrent_projection=before.hidden)
        larger = LSTMLanguageModel(config)
    larger.load_state_dict(grown(larger, model.state_dict(), before))
    return larger.eval()
