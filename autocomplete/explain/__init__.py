"""Why these words: what the LSTM's gates did with the text, and which words of it decide what comes next."""

from autocomplete.explain.explainer import explain
from autocomplete.explain.explanation import Explanation

__all__ = ["Explanation", "explain"]
