"""The strip, and the worker that asks the engine."""
