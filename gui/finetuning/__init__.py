"""“Teach it my writing”: finding the text, tuning the language's model to it, and what came of it."""
