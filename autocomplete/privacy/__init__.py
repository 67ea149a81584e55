"""What is never learned: numbers, passwords, addresses and other secrets, found in plain text by rules.

The rules would rather take an ordinary word too many than leave a secret. A number of four digits, an address of the
net or a postal address teaches nothing that completing needs. Each file holds one way to find them.
"""

from autocomplete.privacy.redacting import Redacted, Redactor, looks_secret, redact, redact_line
from autocomplete.privacy.titles import redact_title
from autocomplete.privacy.unfinished import unfinished

__all__ = ["Redacted", "Redactor", "looks_secret", "redact", "redact_line", "redact_title", "unfinished"]
