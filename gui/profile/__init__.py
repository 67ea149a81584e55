"""What the app learns from its user, as they meet it: the profile and its words."""
