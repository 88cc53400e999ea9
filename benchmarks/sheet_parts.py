"""The parts of the paper benchmark that need a process of their own. Usage: sheet_parts.py booklet | qt | first | memory N | idle | one_more LAYOUT."""

from __future__ import annotations

import html
import json
import os
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

from guide.publish.starter import read_starter
from guide.records import Audience, Service, Sheet, SheetOptions, Words

TODAY = date(2026, 11, 24)
SOURCE = read_starter()
VISITOR = [s for s in SOURCE.services if s.audience is Audience.VISITOR and s.shown_phones()]


def marked(words: Words, mark: str) -> Words:
    """Return ``words`` made new in every sentence, so that nothing is answered from memory."""
    return replace(words, text=words.text.replace(" ", f" {mark} ", 1) + f" {mark}") if words.text else words


def many(count: int, mark: str) -> list[Service]:
    """Return ``count`` entries of the starter catalog, over and over, in words of their own."""
    made = []
    for n in range(count):
        one, own = VISITOR[n % len(VISITOR)], f"{mark} {n}"
        phones = tuple(replace(phone, published=f"{phone.published} x{n}") for phone in one.phones)
        made.append(
            replace(
                one, id=f"{one.id}/{n}", phones=phones, name=marked(one.name, own),
                description=marked(one.description, own), hours=marked(one.hours, own),
            )
        )  # fmt: skip
    return made


def composed(services: list[Service]) -> Sheet:
    from guide.sheets.compose import compose

    return compose(services, SheetOptions(layout="booklet"), SOURCE.edition, TODAY, SOURCE.categories)


def booklet() -> dict[str, float]:
    """Return the CPU seconds of a 500-entry booklet, typeset and folded; words and imports are ready before."""
    import typst  # noqa: F401

    from guide.sheets.fold import two_on_a_side
    from guide.sheets.typeset import typeset

    typeset(composed(many(2, "warm")))
    sheet = composed(many(500, "all"))
    began = time.process_time()
    two_on_a_side(typeset(sheet), "letter")
    return {"cpu_s": time.process_time() - began}


def qt() -> dict[str, float]:
    """Return the CPU seconds Qt's HTML engine takes for the same words, codes and sizes."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    from PySide6.QtCore import QBuffer, QMarginsF, QSizeF
    from PySide6.QtGui import QFontDatabase, QGuiApplication, QImage, QPageSize, QPdfWriter, QTextDocument

    from guide.sheets.qr import qr_svg
    from guide.text import font_folders

    app = QGuiApplication([])
    for folder in font_folders():
        for path in folder.glob("*.ttf"):
            QFontDatabase.addApplicationFont(str(path))
    sheet = composed(many(500, "all"))
    began = time.process_time()
    document = QTextDocument()
    parts = [f"<h1>{html.escape(sheet.title)}</h1>"]
    for n, entry in enumerate(sheet.entries):
        if entry.qr:
            picture = QImage.fromData(qr_svg(entry.qr).encode(), "SVG")
            document.addResource(QTextDocument.ResourceType.ImageResource, f"qr{n}", picture)
        said = "".join(f"<p>{html.escape(text.text)}</p>" for text in entry.texts[0])
        numbers = "".join(
            f'<p><b style="font-size:16pt">{html.escape(line.number)}</b> {html.escape(", ".join(line.labels))}</p>'
            for line in entry.lines
        )
        code = f'<img src="qr{n}" width="50" height="50">' if entry.qr else ""
        parts.append(
            f'<table width="100%"><tr><td><h3>{html.escape(entry.names[0])}</h3>{numbers}{said}'
            f"<p>{html.escape(entry.brief[0])}</p></td><td width=60>{code}</td></tr></table><hr>"
        )
    document.setDefaultStyleSheet("body,p,td{font-family:'Atkinson Hyperlegible';font-size:11pt;margin:0}")
    document.setHtml("".join(parts))
    out = QBuffer()
    out.open(QBuffer.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(out)
    writer.setResolution(300)
    writer.setPageSize(QPageSize(QSizeF(5.5, 8.5), QPageSize.Unit.Inch))
    writer.setPageMargins(QMarginsF(12.7, 12.7, 12.7, 12.7))
    dots = 96  # left to itself, Qt adds margins of its own and needs twice the paper
    document.setPageSize(QSizeF(4.5 * dots, 7.5 * dots))
    document.setDocumentMargin(0)
    document.print_(writer)
    spent = time.process_time() - began
    del app
    return {"cpu_s": spent}


def resident(name: str) -> float:
    """Return a line of this process's own account of its memory, in MB (getrusage would count the parent's)."""
    lines = Path("/proc/self/status").read_text("ascii").splitlines()
    return int(next(line for line in lines if line.startswith(name)).split()[1]) / 1024


def timed(act: Callable[[], object]) -> float:
    """Return the CPU milliseconds ``act`` takes."""
    began = time.process_time()
    act()
    return (time.process_time() - began) * 1000


def preview(services: list[Service], layout: str) -> None:
    """Do what the window waits for."""
    from guide.sheets.papers import make_paper
    from guide.sheets.preview import page_picture

    paper = make_paper(services, SheetOptions(layout=layout), SOURCE.edition, TODAY, SOURCE.categories)
    page_picture(paper.pdf, 0, 816)


def one_more(layout: str) -> dict[str, float]:
    """Return a build of 40 entries never seen before, after a warm-up, and the same with one entry added."""
    preview(many(2, "warm"), layout)
    services = many(41, "cold")
    return {
        "cold_ms": timed(lambda: preview(services[:40], layout)),
        "one_more_ms": timed(lambda: preview(services, layout)),
    }


def first() -> dict[str, float]:
    """Return the CPU milliseconds of the first preview of ten entries in a process, every import in it."""
    services = many(10, "first")
    return {"ms": round(timed(lambda: preview(services, "list")), 1)}


def memory(entries: int) -> dict[str, float]:
    """Return how many MB a sheet of ``entries`` takes at its peak over what the guide holds before it."""
    import guide.app  # noqa: F401

    services = many(entries, "memory")
    idle = resident("VmRSS")
    preview(services, "list")
    return {"over_idle_mb": round(resident("VmHWM") - idle, 1)}


def idle(without: str = "") -> dict[str, float]:
    """Return what the real window holds before its first sheet, in MB; ``without``: paper's libraries cannot be had."""
    import tempfile

    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    if without:
        sys.modules.update(dict.fromkeys(("typst", "pypdfium2", "segno", "fontTools", "guide.sheets")))
    from PySide6.QtCore import QTimer

    from ui.start import arguments, start

    with tempfile.TemporaryDirectory() as data:
        app, window = start(arguments(["--data", data]))
        QTimer.singleShot(4000, app.quit)
        app.exec()
        held = resident("RssAnon")
        loaded = [name for name in ("typst", "pypdfium2", "segno", "fontTools") if sys.modules.get(name)]
        window.finish()
        window.close()
    return {"idle_mb": round(held, 1), "libraries_loaded": len(loaded)}


if __name__ == "__main__":
    acts = {"booklet": booklet, "qt": qt, "first": first, "memory": memory, "one_more": one_more, "idle": idle}
    given = [int(word) if word.isdigit() else word for word in sys.argv[2:3]]
    print(json.dumps(acts[sys.argv[1]](*given)))
