"""What a profile is worth: the text of several authors, learned from in part and typed on."""
