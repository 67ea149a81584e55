"""What can be wrong with a command's input, as a table, and how to try all of it.

Every case has to end within half a minute with one sentence on stderr and the exit code that the table expects:
nothing of it may be accepted, and nobody may meet a traceback. `python -m benchmarks.bad_inputs` tries each case in a
process of its own.
"""
