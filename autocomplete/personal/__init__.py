"""What this user teaches: the profile folder, the filter for secrets, what is learned at once, and fine-tuning."""
