"""Fine-tuning: the LSTM of a language trained on with a person's own lines, in a process of its own.

`Tuner` starts and watches it. Nothing here but `child` and what it imports needs torch.
"""
