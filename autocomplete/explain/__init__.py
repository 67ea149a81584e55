"""What the LSTM did with a text: its gates, what its memory kept of each word, and what each word is good for."""
