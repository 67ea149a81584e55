"""Parts that several dialogs share, and how they look."""
