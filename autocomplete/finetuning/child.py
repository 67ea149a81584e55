"""The fine-tuning process: `python -m autocomplete.finetuning.child`.

On stdin comes the job, one line, then a command a line (see `commands`). On stdout go the events, one line each (see
`events`). When stdin ends, whoever started this is gone: a checkpoint is left, and the process ends.
"""

import os
import sys

from autocomplete.errors import Error
from autocomplete.finetuning.commands import Commands, ParentGone
from autocomplete.finetuning.events import Event, Failed, Stage, to_json
from autocomplete.finetuning.job import Job
from autocomplete.finetuning.process import stand_back


def main() -> int:
    """Work until the end, and return the exit code: 0 whenever the end was told."""
    text = sys.stdin.buffer.readline()
    if not text:
        return 1
    job = Job.from_json(text)
    stand_back(job.options.nice)
    commands = Commands()
    commands.listen(iter(sys.stdin.buffer.readline, b""))
    try:
        _tell(Stage("preparing"))
        # torch takes seconds to import; whoever waits knows by now that the job has arrived.
        from autocomplete.finetuning.run import Run

        _tell(Run(job, commands, _tell).run())
    except (ParentGone, BrokenPipeError):
        return 1
    except Error as error:
        _tell(Failed(str(error)))
    except MemoryError:
        _tell(Failed("There was too little memory to fine-tune the model; close some programs and start it again."))
    except Exception as error:  # noqa: BLE001 - told as a sentence, like everything else
        _tell(Failed(f"The fine-tuning failed ({type(error).__name__}: {error}); nothing was changed."))
    return 0


def _tell(event: Event) -> None:
    sys.stdout.write(to_json(event) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    # Not sys.exit: it would wait for the thread that waits for the next command, or fall over it.
    os._exit(main())
