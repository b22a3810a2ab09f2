"""The command `minerals`.

`main` takes the words of the command line; each group of commands is a module with a function that adds its
options and one that runs it. `arguments` turns words into codes, `output` prints, asks and writes. What a
command prints is what a page shows: both ask `dashboard.topics` and `dashboard.analysis`.
"""

from dashboard.cli.main import main

__all__ = ["main"]
