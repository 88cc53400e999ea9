"""Any source into services: finds out what it is, stages it, settles it, and yields what may be published."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from guide.publish.mapping import Mapping
from guide.publish.readers.assemble import Assembly
from guide.publish.readers.database import shown_address
from guide.publish.readers.kinds import stage_source
from guide.publish.readers.links import settle_keys
from guide.publish.readers.plausible import settle_columns
from guide.publish.readers.region import with_region
from guide.publish.readers.stage import Stage
from guide.publish.readers.standing import settle_visibility
from guide.publish.report import Report
from guide.records import Progress, Service, Step, silent


def source_name(source: Path | str) -> str:
    """Return what a source is called in reports: a file's name, a database's address without its password."""
    return source.name if isinstance(source, Path) else shown_address(source)


def read_source(
    source: Path | str, mapping: Mapping, today: date, report: Report, folder: Path, progress: Progress = silent
) -> Iterator[Service]:
    """Yield the services of ``source``: files of any form we know, or a database by its address.

    What is joined waits in ``folder``. Only columns on the allow-list are read (``readers/objects``). What was
    inferred, mended and left out goes into ``report``, which is whole when the last service came.

    Raises:
        SourceDataError: the source cannot be used, or not be trusted; one sentence says what and where.
    """
    with Stage(folder, report) as stage:
        name = stage_source(source, mapping, stage, progress)
        progress(Step("read"))
        settle_columns(stage, name)
        settle_keys(stage, name)
        mapping = with_region(mapping, stage)
        visibility = settle_visibility(stage, mapping.open_shelters)
        yield from Assembly(stage, mapping, today, visibility).services(progress)
