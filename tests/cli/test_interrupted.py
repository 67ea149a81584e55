"""Ctrl+C before a command has begun: no traceback, and the exit code of a stop."""

import pytest

from autocomplete.cli import app, main


def _caused(error: BaseException, cause: BaseException) -> BaseException:
    error.__cause__ = cause
    return error


@pytest.mark.parametrize(
    "error", [KeyboardInterrupt(), _caused(ImportError("initialization failed"), KeyboardInterrupt())]
)
def test_ctrl_c_while_it_is_imported_ends_it_quietly(monkeypatch, capsys, error):
    def interrupted() -> None:
        raise error

    monkeypatch.setattr(app, "main", interrupted)
    with pytest.raises(SystemExit) as end:
        main()
    assert end.value.code == 130
    assert capsys.readouterr() == ("", "")


def test_what_is_missing_is_no_stop(monkeypatch):
    def broken() -> None:
        raise ImportError("no such module")

    monkeypatch.setattr(app, "main", broken)
    with pytest.raises(ImportError, match="no such module"):
        main()
