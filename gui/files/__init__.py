"""Text files, and the copies that survive a crash."""
