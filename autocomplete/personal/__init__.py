"""What this user writes: read, cleaned of secrets, kept in one folder, and learned from."""
