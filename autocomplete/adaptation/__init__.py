"""What one user writes, as a model that every suggestion is weighed with."""
