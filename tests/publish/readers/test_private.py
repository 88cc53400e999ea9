"""A private street is nowhere: through every reader into catalog, index, report, exports and bundle, by their bytes."""

from __future__ import annotations

import gzip
import json
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from backports.zstd import ZstdError, decompress

from guide.catalog.reader import Catalog
from guide.cli.plain import plain
from guide.publish.exports.choice import Choice, Chosen
from guide.publish.exports.json_page import write_json
from guide.publish.exports.spreadsheet import write_csv
from guide.publish.exports.tabular import write_tabular
from guide.publish.exports.website import write_website
from guide.publish.from_sources import build_from_sources
from guide.publish.release import publish
from guide.publish.report_page import report_page
from guide.records import Audience
from guide.search.index import build_index
from tests.makers import TODAY
from tests.publish.readers.forms import FORMS, OPEN, SECRETS, mapping_file
from tests.publisher import ACCEPTED, Publisher, ask, at

ALL = Choice(audience=Audience.STAFF)  # the exports that hold the most


def unpacked(data: bytes) -> Iterator[bytes]:
    """Yield bytes as they are, and what is packed in them."""
    yield data
    for magic, opened in ((b"\x28\xb5\x2f\xfd", decompress), (b"\x1f\x8b", gzip.decompress)):
        if data.startswith(magic):
            try:
                yield from unpacked(opened(data))
            except (ZstdError, OSError, EOFError):
                return


def everything(folder: Path) -> Iterator[tuple[str, bytes]]:
    """Yield every byte of every file in ``folder``, also inside zips and compressed parts, in small letters."""
    for path in sorted(folder.rglob("*")):
        if not path.is_file():
            continue
        for data in unpacked(path.read_bytes()):
            yield path.name, data.lower()
        if zipfile.is_zipfile(path):
            with zipfile.ZipFile(path) as archive:
                for name in archive.namelist():
                    for data in unpacked(archive.read(name)):
                        yield f"{path.name}/{name}", data.lower()


def hits(folder: Path) -> list[str]:
    """Return where a secret was found, in any usual encoding."""
    found = []
    for name, data in everything(folder):
        for secret in SECRETS:
            if any(secret.encode(code) in data for code in ("utf-8", "utf-16-le")):
                found.append(f"{secret!r} in {name}")
    return found


@pytest.mark.parametrize("form", FORMS)
def test_no_secret_comes_through_a_reader_into_anything_that_is_written(form: str, tmp_path: Path) -> None:
    """SAFETY L1, L2."""
    write, mapped = FORMS[form]
    source = write(tmp_path / "source")
    out = tmp_path / "out"
    mapping = mapping_file(tmp_path / "map.yaml") if mapped else None
    built = build_from_sources(
        [source if isinstance(source, str) else Path(source)], out / "c.db", TODAY, mapping=mapping
    )
    build_index(out / "c.db", out / "index.db")
    (out / "report.json").write_text(json.dumps(plain(built.report), ensure_ascii=False), "utf-8")
    (out / "report.html").write_text(report_page(built.report, form, TODAY), "utf-8")
    with Catalog(out / "c.db") as catalog:
        write_csv(Chosen(catalog, Choice()), out / "export.csv")
        write_website(Chosen(catalog, Choice()), out / "site", "en", TODAY)
        write_tabular(Chosen(catalog, ALL), out / "hsds")
        write_tabular(Chosen(catalog, ALL), out / "hsds.zip")
        write_json(Chosen(catalog, ALL), out / "hsds.json")
        names = {service.name.text for service in catalog.services()}
        shown = [a.address_1 for s in catalog.services() for p in s.locations for a in p.addresses if a.address_1]
    assert hits(out) == []
    assert {"Food Pantry", "Family Program", "Harbor Safe House"} <= names, "what is not secret is there"
    assert OPEN in shown, "and so is the open street"
    assert {path.name for path in out.iterdir()} == {
        "c.db",
        "index.db",
        "report.json",
        "report.html",
        "export.csv",
        "site",
        "hsds",
        "hsds.zip",
        "hsds.json",
    }


def test_no_secret_is_in_a_signed_bundle_with_its_index(tmp_path: Path) -> None:
    source = FORMS["tables in a folder"][0](tmp_path / "source")
    publisher = Publisher(tmp_path / "publisher")
    catalog = tmp_path / "c.db"
    build_from_sources([Path(source)], catalog, TODAY)
    out = tmp_path / "out"
    out.mkdir()
    publish(catalog, publisher.keys, out / "b.guide", ask, at(), with_index=True, baseline=ACCEPTED)
    assert hits(out) == []
    assert any(b"food pantry" in data for _, data in everything(out)), "the search looks into what is packed"
