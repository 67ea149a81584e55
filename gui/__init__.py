"""The desktop writing app: window, editor and suggestion strip around the engine."""
