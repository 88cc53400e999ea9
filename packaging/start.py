"""What the packaged program runs: the window, or the command line when it is called ``guide``."""

import sys


def main() -> int:
    """Return the exit code of whichever face was asked for by the name the program was called by."""
    name = sys.argv[0].replace("\\", "/").rsplit("/", 1)[-1].lower().removesuffix(".exe")
    if name == "guide":
        from guide.cli import main as face
    else:
        from ui.start import main as face
    return face()


if __name__ == "__main__":
    sys.exit(main())
