"""Why this word: the panel that shows what the model remembers."""
