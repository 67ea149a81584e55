"""Prediction: a text being typed as a stream, and the words that could complete it."""
