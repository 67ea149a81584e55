"""Text as the engine sees it: words, folding, units and tokens. Knows nothing of models."""
