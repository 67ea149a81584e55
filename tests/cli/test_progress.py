"""The progress bar: seen on a terminal, on stderr alone."""

from contextlib import suppress

import pytest

from autocomplete.cli.progress import Progress


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")  # rich then takes any stream for a terminal


def test_it_counts_to_the_end_and_names_the_part(terminal, capsys) -> None:
    with Progress(total=3) as progress:
        progress.begin("mail.txt")
        for _ in range(3):
            progress.advance()
    drawn = capsys.readouterr()
    assert "mail.txt" in drawn.err
    assert "3/3" in drawn.err
    assert "left:" in drawn.err
    assert drawn.out == ""


def test_it_says_how_far_it_came_when_it_is_stopped(terminal, capsys) -> None:
    progress = Progress(total=3)
    with suppress(KeyboardInterrupt), progress:
        progress.advance()
        raise KeyboardInterrupt
    assert "1/3" in capsys.readouterr().err


def test_it_is_silent_where_there_is_no_terminal(capsys) -> None:
    with Progress(total=1) as progress:
        progress.advance()
    assert capsys.readouterr().err == ""
