"""What one person writes: the profile, what is learned at once, fine-tuning, importers and the filter for secrets."""
