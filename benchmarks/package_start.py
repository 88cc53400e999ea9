"""What the benchmark's package of the guide runs: its window until its first paint, opened as the program does."""

import sys

from package_watch import until_painted

from ui.start import arguments, start


def main() -> None:
    """Open the window and wait for its paint."""
    _, window = start(arguments(sys.argv[1:]))
    until_painted(window)


if __name__ == "__main__":
    main()
