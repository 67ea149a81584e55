"""The page and how a text on it is edited."""
