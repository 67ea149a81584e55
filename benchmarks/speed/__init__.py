"""What a key, a start and a step of the LSTM cost: `python -m benchmarks.speed --help`."""
