"""What is kept of a user: their lines, words and fine-tuned models, in one folder that can be encrypted."""
