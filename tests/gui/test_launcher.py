"""The installed app finds its own code, whatever else is installed."""

import os
import subprocess
import sys
from pathlib import Path
from shutil import copyfile

import gui


def test_the_app_starts_from_a_wheel_where_another_project_has_a_package_called_gui(tmp_path: Path) -> None:
    ours, theirs = tmp_path / "site" / "autocomplete_desktop", tmp_path / "site" / "gui"
    ours.mkdir(parents=True)
    theirs.mkdir()
    (theirs / "__init__.py").write_text("raise ImportError('this is the other gui')")
    copyfile(Path(gui.__path__[0]) / "launcher.py", ours / "__init__.py")
    (ours / "gui").symlink_to(gui.__path__[0])
    command = "import sys, autocomplete_desktop; sys.argv[1:] = ['--help']; sys.exit(autocomplete_desktop.main())"
    done = subprocess.run(
        [sys.executable, "-c", command],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(tmp_path / "site")},
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.stdout.startswith("usage: autocomplete-desktop"), done.stderr
