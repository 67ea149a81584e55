"""The LSTM language model: its shape, its torch module, its folder on disk, and the runtime that steps it."""
