"""How much typing the suggestions save, measured through the engine's public face."""
