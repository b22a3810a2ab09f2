"""The command `minerals`."""

from dashboard.cli.main import main

__all__ = ["main"]
