"""The command line: the guide without a window (docs/commands.md)."""

from guide.cli.run import main

__all__ = ["main"]
