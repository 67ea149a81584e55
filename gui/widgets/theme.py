"""Light and dark: the app's own colours, following the system unless one was chosen."""

from dataclasses import dataclass

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication

from gui.settings import THEME, Setting, Settings


@dataclass(frozen=True)
class Colors:
    """One colour scheme.

    Every text colour has a contrast of at least 4.5:1 to what it is written on.
    """

    paper: str  # behind the text
    ink: str  # the text
    frame: str  # behind menus, strip and status line
    muted: str  # ghost text, placeholder, status line, digits on the strip
    line: str  # hairlines
    hover: str  # a chip under the mouse
    accent: str  # selection, default buttons, links
    on_accent: str
    private: str  # what says that nothing is learned
    on_private: str


LIGHT = Colors(
    paper="#fdfcf9",
    ink="#23211e",
    frame="#f4f2ec",
    muted="#6a655c",
    line="#dedad0",
    hover="#e8e4d9",
    accent="#2b6450",
    on_accent="#ffffff",
    private="#6a3fa0",
    on_private="#ffffff",
)
DARK = Colors(
    paper="#1c1d1f",
    ink="#e4e1da",
    frame="#242628",
    muted="#a6a49e",
    line="#37393c",
    hover="#34373a",
    accent="#8fcdb3",
    on_accent="#12211b",
    private="#c7a8f5",
    on_private="#221436",
)

PRIVATE = QPalette.ColorRole.LinkVisited  # Qt has no role for it, and the app has no visited links


def palette(colors: Colors) -> QPalette:
    """The scheme as Qt's roles, the only place where widgets look for colours."""
    roles = {
        QPalette.ColorRole.Window: colors.frame,
        QPalette.ColorRole.WindowText: colors.ink,
        QPalette.ColorRole.Base: colors.paper,
        QPalette.ColorRole.AlternateBase: colors.frame,
        QPalette.ColorRole.Text: colors.ink,
        QPalette.ColorRole.Button: colors.frame,
        QPalette.ColorRole.ButtonText: colors.ink,
        QPalette.ColorRole.BrightText: colors.ink,
        QPalette.ColorRole.ToolTipBase: colors.ink,
        QPalette.ColorRole.ToolTipText: colors.paper,
        QPalette.ColorRole.PlaceholderText: colors.muted,
        QPalette.ColorRole.Highlight: colors.accent,
        QPalette.ColorRole.HighlightedText: colors.on_accent,
        QPalette.ColorRole.Link: colors.accent,
        PRIVATE: colors.private,
        QPalette.ColorRole.Light: colors.hover,
        QPalette.ColorRole.Midlight: colors.hover,
        QPalette.ColorRole.Mid: colors.line,
        QPalette.ColorRole.Dark: colors.line,
        QPalette.ColorRole.Accent: colors.accent,
    }
    result = QPalette()
    for role, color in roles.items():
        result.setColor(role, QColor(color))
    for role in (
        QPalette.ColorRole.WindowText,
        QPalette.ColorRole.Text,
        QPalette.ColorRole.ButtonText,
    ):
        result.setColor(QPalette.ColorGroup.Disabled, role, QColor(colors.muted))
    return result


def style_sheet(colors: Colors) -> str:
    """What a palette cannot say: padding, and scroll bars that stay out of the way."""
    return f"""
    QMenuBar {{ background: {colors.frame}; padding: 2px 6px; }}
    QMenuBar::item {{ padding: 5px 10px; border-radius: 5px; background: transparent; }}
    QMenuBar::item:selected {{ background: {colors.hover}; }}
    QMenu {{ background: {colors.paper}; border: 1px solid {colors.line}; padding: 5px; }}
    QMenu::item {{ padding: 6px 28px 6px 24px; border-radius: 5px; }}
    QMenu::item:selected {{ background: {colors.hover}; color: {colors.ink}; }}
    QMenu::item:disabled {{ color: {colors.muted}; }}
    QMenu::separator {{ height: 1px; background: {colors.line}; margin: 5px 8px; }}
    QStatusBar {{ background: {colors.frame}; color: {colors.muted}; }}
    QStatusBar::item {{ border: none; }}
    QStatusBar QLabel, QStatusBar QToolButton {{ color: {colors.muted}; padding: 2px 6px; }}
    QStatusBar QLabel#incognito {{ background: {colors.private}; color: {colors.on_private};
        border-radius: 5px; padding: 2px 10px; }}
    QStatusBar QToolButton#undo {{ color: {colors.accent}; text-decoration: underline; }}
    QStatusBar QToolButton {{ border: none; border-radius: 5px; }}
    QStatusBar QToolButton:hover {{ background: {colors.hover}; color: {colors.ink}; }}
    QStatusBar QToolButton::menu-indicator {{ image: none; }}
    QLineEdit {{ background: {colors.paper}; border: 1px solid {colors.line}; border-radius: 5px;
        padding: 4px 8px; }}
    QLineEdit:focus {{ border-color: {colors.accent}; }}
    QPushButton {{ background: {colors.paper}; border: 1px solid {colors.line}; border-radius: 5px;
        padding: 5px 16px; }}
    QDialogButtonBox {{ dialogbuttonbox-buttons-have-icons: 0; }}
    QPushButton:hover {{ background: {colors.hover}; }}
    QPushButton:default, QPushButton:focus {{ border-color: {colors.accent}; }}
    QTableView {{ border: 1px solid {colors.line}; border-radius: 5px; }}
    QTableView::item {{ padding: 3px 16px 3px 8px; }}
    QTableView::item:selected {{ background: {colors.accent}; color: {colors.on_accent}; }}
    QHeaderView, QHeaderView::section {{ background: {colors.frame}; color: {colors.muted}; border: none; }}
    QHeaderView::section {{ border-bottom: 1px solid {colors.line}; padding: 5px 19px 5px 11px; }}
    QComboBox {{ padding: 4px 8px; }}
    QScrollBar:vertical {{ background: {colors.paper}; width: 12px; margin: 0; }}
    QDockWidget QScrollBar:vertical {{ background: {colors.frame}; }}
    QScrollBar::handle:vertical {{
        background: {colors.line}; border-radius: 4px; min-height: 36px; margin: 2px; }}
    QScrollBar::handle:vertical:hover {{ background: {colors.muted}; }}
    QScrollBar::add-line, QScrollBar::sub-line {{ height: 0; width: 0; }}
    QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}
    """


class Theme(QObject):
    """Dresses the application; `choice` is "system", "light" or "dark"."""

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        self._app = app
        self._choice = "system"
        app.setStyle("Fusion")
        # Where the system does not say what it wants, the palette it gave at the start does.
        self._given = app.palette()
        app.styleHints().colorSchemeChanged.connect(self._on_system)

    def follow(self, settings: Settings) -> None:
        """Dress as `settings` say, now and whenever they change."""

        def on_setting(setting: Setting[str]) -> None:
            if setting.key == THEME.key:
                self.choose(settings.get(THEME))

        settings.changed.connect(on_setting)
        self.choose(settings.get(THEME))

    def choose(self, choice: str) -> None:
        self._choice = choice
        self._dress()

    @property
    def dark(self) -> bool:
        if self._choice != "system":
            return self._choice == "dark"
        scheme = self._app.styleHints().colorScheme()
        if scheme != Qt.ColorScheme.Unknown:
            return scheme == Qt.ColorScheme.Dark
        window, text = QPalette.ColorRole.Window, QPalette.ColorRole.WindowText
        return self._given.color(window).lightness() < self._given.color(text).lightness()

    def _on_system(self) -> None:
        if self._choice == "system":
            self._dress()

    def _dress(self) -> None:
        colors = DARK if self.dark else LIGHT
        self._app.setPalette(palette(colors))
        self._app.setStyleSheet(style_sheet(colors))
