"""The models tuned so far: which is used, and going back to another, or to none."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QDateTime, QLocale
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from autocomplete.profile.models import TunedModel
from gui.finetuning.fine_tuning import tuned
from gui.languages import name_of
from gui.profile.service import Change, ProfileService
from gui.widgets.tables import Rows, chosen_rows, table_view

_COLUMNS = ("Created", "Language", "Keystrokes saved", "Words", "State")


class VersionsPage(QWidget):
    """Lists the tuned models of the profile of `service`, newest first."""

    def __init__(self, service: ProfileService) -> None:
        super().__init__()
        self._service = service
        self._models: list[TunedModel] = []
        self.table = Rows(_COLUMNS, numbers=(3,))
        self.view = table_view(self.table, "Versions", wide=4)
        letter = self.view.fontMetrics().averageCharWidth()
        for column, letters in enumerate((24, 16, 24, 14)):
            self.view.setColumnWidth(column, letters * letter)
        self.view.selectionModel().selectionChanged.connect(self._on_selection)
        self.use = _button("&Use this", self._use)
        self.base = _button("Use the &original", self._use_none)
        self.base.setToolTip("Use the original model; what was learned as you typed stays")
        self.remove = _button("&Delete", self._remove)
        self.said = QLabel()
        self.said.setWordWrap(True)
        row = QHBoxLayout()
        for button in (self.use, self.base, self.remove):
            row.addWidget(button)
        row.addWidget(self.said, 1)
        column_ = QVBoxLayout(self)
        column_.setContentsMargins(20, 16, 20, 14)
        column_.setSpacing(10)
        column_.addWidget(self.view, 1)
        column_.addLayout(row)
        service.settled.connect(self.refresh)
        service.changed.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        if self._service.profile is None:
            self._show([])
        else:
            self._service.ask(tuned, self._show, self.said.setText)

    def _show(self, models: list[TunedModel]) -> None:
        chosen = self._chosen()
        self._models = models[::-1]
        self.table.show_rows([_described(model) for model in self._models])
        for row, model in enumerate(self._models):
            if chosen is not None and model.id == chosen.id:
                self.view.selectRow(row)
        self._on_selection()

    def _chosen(self) -> TunedModel | None:
        rows = chosen_rows(self.view)
        return self._models[rows[0]] if len(rows) == 1 else None

    def _on_selection(self) -> None:
        chosen, writable = self._chosen(), self._service.learns
        self.use.setEnabled(writable and chosen is not None and not chosen.active)
        self.base.setEnabled(writable and chosen is not None and chosen.active)
        self.remove.setEnabled(writable and chosen is not None)

    def _use(self) -> None:
        if (chosen := self._chosen()) is not None:
            self._change(lambda profile: profile.use_model(chosen.language, chosen.id), "Using this model from now on.")

    def _use_none(self) -> None:
        if (chosen := self._chosen()) is not None:
            self._change(lambda profile: profile.use_model(chosen.language, None), "Using the original model.")

    def _remove(self) -> None:
        if (chosen := self._chosen()) is not None:
            self._change(lambda profile: profile.remove_model(chosen.id), "The model was deleted.")

    def _change(self, change: Change, sentence: str) -> None:
        self._service.change(change, lambda _: self.said.setText(sentence), self.said.setText, models=True)


def _described(model: TunedModel) -> tuple[str, ...]:
    state = "in use" if model.active else "" if model.report.get("helped") else "did not help"
    stale = "contains text that you deleted" if model.stale else ""
    when = QDateTime.fromSecsSinceEpoch(int(model.created))
    return (
        QLocale().toString(when, QLocale.FormatType.ShortFormat),
        name_of(model.language),
        *_figures(model.report),
        "; ".join(filter(None, (state, stale))),
    )


def _figures(report: dict[str, Any]) -> tuple[str, str]:
    """Keystrokes saved, and words learned from; nothing where a model from elsewhere does not tell."""
    try:
        return f"{report['before']['ksr']:.1%} → {report['after']['ksr']:.1%}", f"{report['words']:,}"
    except (KeyError, TypeError, ValueError):
        return "", ""


def _button(text: str, slot: Callable[[], None]) -> QPushButton:
    button = QPushButton(text)
    button.setAutoDefault(False)
    button.clicked.connect(slot)
    return button
