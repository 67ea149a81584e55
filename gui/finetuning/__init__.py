"""Fine-tuning on the user's writing: finding the text, tuning the language's model to it, and what came of it."""
