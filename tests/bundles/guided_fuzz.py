"""Coverage-guided fuzzing of what reads hostile bytes first; a command, for ``atheris`` is no dependency of ours.

Usage: ``python -m tests.bundles.guided_fuzz TARGET [libFuzzer options]``, as ``archive -max_total_time=600``. TARGET is
``archive`` (the reader of bundles), ``root`` (a root file somebody brings) or ``catalog`` (the fitness check, then all
that reads a catalog). Needs ``pip install atheris`` beside the locked dependencies. Anything but an answer or a
GuideError is a find, and libFuzzer writes the input down.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

_SMALL = 1 << 20


def archive(file: Path) -> None:
    """Open a bundle, read every member, and ask what it is to a guide."""
    from guide.bundles.archive import Archive
    from guide.bundles.roots import claimed_keys
    from guide.errors import GuideError

    with suppress(GuideError), Archive(file) as found:
        claimed_keys(found)
        for name in list(found._members):
            for _piece in found.pieces(name):
                pass


def root(file: Path) -> None:
    """Read a root file."""
    from guide.bundles.roots import sound_root
    from guide.errors import GuideError

    with suppress(GuideError):
        sound_root(file.read_bytes(), file.name)


def catalog(file: Path) -> None:
    """Check a catalog; one that passes has to be readable to its end."""
    from guide.catalog.fitness import check_fitness
    from guide.catalog.home import read_home
    from guide.catalog.reader import Catalog
    from guide.errors import UnfitCatalogError
    from guide.records import Audience
    from tests.makers import NOW

    try:
        check_fitness(file)
    except UnfitCatalogError:
        return
    read_home(file, Audience.STAFF, NOW)
    with Catalog(file) as found:
        for _service in found.services():
            pass


TARGETS: dict[str, Callable[[Path], None]] = {"archive": archive, "root": root, "catalog": catalog}


def seeds(folder: Path) -> dict[str, bytes]:
    """Return one sound input for each target."""
    from tests.makers import make_catalog
    from tests.publisher import Publisher

    publisher = Publisher(folder)
    return {
        "archive": publisher.release(2).read_bytes(),
        "root": publisher.repository.roots()[0],
        "catalog": make_catalog(folder / "seed.db").read_bytes(),
    }


def main(words: list[str]) -> None:
    """Fuzz until libFuzzer ends."""
    import atheris  # type: ignore[import-not-found,unused-ignore]

    target, options = words[0], words[1:]
    folder = Path(tempfile.mkdtemp(prefix="guided-fuzz-"))
    corpus, file, act = folder / "corpus", folder / "input", TARGETS[target]
    corpus.mkdir()
    with atheris.instrument_imports(include=["guide.bundles", "guide.catalog", "zipfile"]):
        sound = seeds(folder / "world")[target]  # imports what it needs, and with it the readers
        (corpus / "sound").write_bytes(sound)
        file.write_bytes(sound)
        act(file)

    def one(data: Any) -> None:
        file.write_bytes(bytes(data))
        act(file)

    atheris.Setup([sys.argv[0], f"-max_len={_SMALL}", *options, str(corpus)], one)
    atheris.Fuzz()


if __name__ == "__main__":
    main(sys.argv[1:])
