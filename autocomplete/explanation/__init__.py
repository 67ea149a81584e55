"""Why these words: what the LSTM's gates did with the text, and which words of it decide what comes next."""
