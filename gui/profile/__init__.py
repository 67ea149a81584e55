"""What the app learns from its writer, as the writer meets it: the profile, its words, and teaching it."""
