"""What is shipped and is not code: models, icons, training mixtures."""
