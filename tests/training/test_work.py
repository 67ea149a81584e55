"""The work folder keeps what is finished, and what it was begun with."""

import pytest

from autocomplete.errors import CorpusError
from autocomplete.training.mixture import Source
from autocomplete.training.options import TrainingOptions
from autocomplete.training.recipe import Recipe
from autocomplete.training.work import WorkFolder


@pytest.fixture
def work(tmp_path) -> WorkFolder:
    return WorkFolder(tmp_path / "model.work")


def _recipe(steps: int = 10, **options) -> dict[str, dict[str, object]]:
    return Recipe(language="en", training=TrainingOptions(steps=steps), **options).decides([])


def test_a_finished_file_is_not_made_again(work) -> None:
    work.begin(_recipe())
    path = work.file("ngram.safetensors", lambda: b"first")
    assert work.file("ngram.safetensors", lambda: b"second").read_bytes() == b"first"
    assert path.parent == work.folder


def test_other_options_than_a_finished_file_was_made_with_are_refused(work) -> None:
    work.begin(_recipe())
    work.file("tokenizer.model", lambda: b"pieces")
    with pytest.raises(CorpusError, match=r"other options: pieces \(12000, now 800\); give those"):
        work.begin(_recipe(pieces=800))


def test_options_of_stages_that_did_not_finish_may_change(work) -> None:
    work.begin(_recipe())
    work.file("tokenizer.model", lambda: b"pieces")
    work.begin(_recipe(steps=20, hidden=64))
    work.file("checkpoint.safetensors", lambda: b"weights")
    with pytest.raises(CorpusError, match=r"steps \(20, now 10\), |hidden \(64, now 512\)"):
        work.begin(_recipe(steps=10))


def test_another_text_is_refused(work, tmp_path) -> None:
    path = tmp_path / "mail.txt"
    path.write_text("one")
    recipe = Recipe(language="en", training=TrainingOptions(steps=1))
    work.begin(recipe.decides([Source(path, 0.5)]))
    work.file("tokenizer.model", lambda: b"pieces")
    path.write_text("three")
    with pytest.raises(CorpusError, match=r"source mail \(\[0\.5, 3\], now \[0\.5, 5\]\)"):
        work.begin(recipe.decides([Source(path, 0.5)]))


def test_a_damaged_recipe_is_named(work) -> None:
    work.begin(_recipe())
    (work.folder / "recipe.json").write_text("{")
    with pytest.raises(CorpusError, match=r"recipe\.json is damaged; delete"):
        work.begin(_recipe())
