"""The protocol by which TUF's conformance suite drives a client: init, refresh, download over HTTP. Strict, no override.

See README.md here; the updater and its limits are the guide's own (guide/bundles/trust.py).
"""

from __future__ import annotations

import argparse
import shutil
import sys
from pathlib import Path

from tuf.api.exceptions import DownloadError, RepositoryError

from guide.bundles.trust import refresh, updater_of
from guide.errors import GuideError


def main(given: list[str] | None = None) -> int:
    """Do one command; return 0 when it succeeded, 1 when anything about the repository was refused."""
    parser = argparse.ArgumentParser(prog="guide-tuf-client")
    parser.add_argument("--metadata-dir", type=Path, required=True)
    for name in ("--metadata-url", "--target-dir", "--target-base-url"):
        parser.add_argument(name, default="")
    parser.add_argument("--target-name", action="append", default=[])
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("init").add_argument("root", type=Path)
    commands.add_parser("refresh")
    commands.add_parser("download")
    args = parser.parse_args(given)
    if args.command == "init":
        shutil.copyfile(args.root, args.metadata_dir / "root.json")
        return 0
    try:
        return _online(args)
    except (RepositoryError, DownloadError, GuideError, ValueError) as error:
        sys.stderr.write(f"{type(error).__name__}: {error}\n")
        return 1


def _online(args: argparse.Namespace) -> int:
    places = {"target_dir": args.target_dir, "target_base_url": args.target_base_url}
    updater = updater_of(args.metadata_dir, args.metadata_url, None, **{k: v for k, v in places.items() if v})
    refresh(updater)
    if args.command == "refresh":
        return 0
    for name in args.target_name:
        target = updater.get_targetinfo(name)
        if target is None:
            sys.stderr.write(f"no target {name}\n")
            return 1
        if not updater.find_cached_target(target):
            updater.download_target(target)
    return 0


if __name__ == "__main__":
    sys.exit(main())
