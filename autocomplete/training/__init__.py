"""Training: corpus to shards, shards to batches, batches to a language model. Needs the `train` extra (torch)."""
