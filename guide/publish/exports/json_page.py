"""The chosen services as one HSDS 3.x JSON file: a page of the standard's API that holds all of them."""

from __future__ import annotations

import json
import os
import tempfile
from contextlib import suppress
from pathlib import Path

from guide.errors import UsageError
from guide.publish.exports.choice import Chosen
from guide.publish.exports.hsds import hsds_of
from guide.publish.exports.mark import NAME, LineMark
from guide.publish.exports.tabular import head_of
from guide.records import Progress, Step, silent


def write_json(chosen: Chosen, out: Path, progress: Progress = silent) -> int:
    """Write the file, whole or not at all, and return how many services are in it. Raises NotFoundError, OSError.

    The services come first, one a line, so that neither writing nor reading needs all of them in memory.
    """
    if out.is_dir():
        raise UsageError("This has to be a file.", out=str(out))
    out.parent.mkdir(parents=True, exist_ok=True)
    terms, count, mark = chosen.terms, 0, LineMark()
    handle, name = tempfile.mkstemp(prefix=f".{out.name}.", suffix=".new", dir=out.parent)
    fresh = Path(name)
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write('{"contents": [\n')
            for service in chosen.services():
                line = json.dumps(hsds_of(service, terms), ensure_ascii=False)
                mark.add(line)
                file.write((",\n" if count else "") + line)
                count += 1
                if count % 500 == 0:
                    progress(Step("export", count, chosen.edition.services))
            about = {
                "total_items": count, "total_pages": 1, "page_number": 1, "size": count, "first_page": True,
                "last_page": True, "empty": not count, "guide": head_of(chosen) | {NAME: mark.text()},
            }  # fmt: skip
            file.write("\n],\n" + json.dumps(about, ensure_ascii=False)[1:] + "\n")
        fresh.chmod(0o644)
        fresh.replace(out)
    finally:
        with suppress(FileNotFoundError):
            fresh.unlink()
    return count
