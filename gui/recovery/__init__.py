"""Unsaved text survives a crash or kill -9: a copy that is two seconds old at most, offered at the next start.

`watch.py` follows the text in the GUI's thread and hands each change on; `writer.py` applies it to a text of its own
(`buffer.py`) and appends it to a journal (`journal.py`) on the disk (`copy.py`). At the next start `orphans.py` finds
the copies whose lock (`lock.py`) nobody holds.
"""

from gui.recovery.journal import Origin, Snapshot
from gui.recovery.orphans import Found, Orphan, look, orphans
from gui.recovery.watch import Recovery

__all__ = ["Found", "Origin", "Orphan", "Recovery", "Snapshot", "look", "orphans"]
