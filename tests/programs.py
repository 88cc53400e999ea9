"""The program's own publisher in a temporary folder: real keys (cheap to open), real TUF, installers of a few bytes."""

from __future__ import annotations

import platform
from collections.abc import Sequence
from pathlib import Path

from guide.publish.programs import publish_program
from guide.publish.repository import Repository, new_repository, rotate
from tests.makers import NOW
from tests.publisher import CHEAP, ask, at

HERE_IS_AMD64 = platform.machine() in ("x86_64", "AMD64")


class ProgramPublisher:
    """Whoever makes the program; ``trust`` is the folder a program was put together with."""

    def __init__(self, folder: Path, name: str = "Makers of the guide", **keys: int) -> None:
        """Make keys and a root that a program trusts."""
        folder.mkdir(parents=True, exist_ok=True)
        self.folder, self.keys, self.trust = folder, folder / "keys", folder / "trust"
        self.repository = new_repository(self.keys, name, ask, NOW, cost=CHEAP, **keys)
        self.trust.mkdir()
        (self.trust / "root.json").write_bytes(self.repository.roots()[0])

    def installers(self, version: str, extra: bytes = b"") -> tuple[Path, Path]:
        """Return a setup and a package of ``version``, as the names that packaging gives them."""
        setup = self.folder / f"ResourceGuide-{version}-setup.exe"
        package = self.folder / f"resource-guide_{version}_amd64.deb"
        setup.write_bytes(b"MZ setup of " + version.encode() + extra)
        package.write_bytes(b"!<arch>\npackage of " + version.encode() + extra)
        return setup, package

    def release(
        self, version: str = "99.1", *, day: float = 0, out: str = "", only: Sequence[str] = (".exe", ".deb"),
        extra: bytes = b"", **options: int | bool,
    ) -> Path:  # fmt: skip
        """Sign ``version`` and return its file."""
        path = self.folder / "out" / (out or f"resource-guide-{version}.guide-program")
        chosen = [one for one in self.installers(version, extra) if one.suffix in only]
        publish_program(chosen, self.keys, path, ask, at(day), **options)  # type: ignore[arg-type]
        return path

    def rotate(self, key: str) -> None:
        """Replace one key by a new one."""
        rotate(self.keys, key, ask, NOW, cost=CHEAP)
        self.repository = Repository(self.keys)
