"""The chosen services as a small website of plain files: no scripts, nothing from elsewhere, prints well."""

from __future__ import annotations

from collections import defaultdict
from contextlib import suppress
from datetime import date
from html import escape
from pathlib import Path
from typing import TextIO

from guide.catalog.freshness import freshness
from guide.publish.exports.choice import Chosen
from guide.publish.exports.entry_html import entry
from guide.publish.exports.files import whole_folder
from guide.records import Category, Progress, Step, silent
from guide.text import Language

A_PAGE = 100  # entries; a page of more is slow on an old phone
STYLE = """
*{box-sizing:border-box}
body{font:1.06rem/1.55 system-ui,"Segoe UI",sans-serif;margin:0 auto;max-width:46rem;padding:1rem;color:#1c1c1c;background:#fff}
h1{font-size:1.6rem;line-height:1.25}h2{font-size:1.2rem;line-height:1.3;margin:0 0 .3rem}
a{color:#0b4a8f}a:focus-visible{outline:3px solid #0b4a8f;outline-offset:2px}
nav ul{list-style:none;padding:0;display:grid;gap:.5rem;grid-template-columns:repeat(auto-fill,minmax(15rem,1fr))}
nav li a{display:block;padding:.8rem 1rem;border:1px solid #767676;border-radius:.5rem;text-decoration:none;min-height:3rem}
nav li a b{display:block}nav li a span{color:#444;font-size:.95rem}
article{border-top:2px solid #1c1c1c;padding:1rem 0;break-inside:avoid}
.number{font-size:1.3rem;font-weight:700;unicode-bidi:isolate;direction:ltr;display:inline-block}
dl{display:grid;grid-template-columns:minmax(7rem,max-content) 1fr;gap:.15rem 1rem;margin:.5rem 0}dt{color:#444}dd{margin:0;overflow-wrap:anywhere}
p{margin:.4rem 0}.age{font-size:.95rem;color:#444}.old{font-weight:700;color:#1c1c1c}.alert{border-inline-start:4px solid #8a5300;padding-inline-start:.7rem}
footer{border-top:1px solid #767676;margin-top:2rem;padding-top:.6rem;font-size:.95rem;color:#444}
@media print{body{max-width:none;font-size:11pt;padding:0}a{color:inherit;text-decoration:none}nav.pages{display:none}article{border-top:1pt solid #000}}
"""


def write_website(chosen: Chosen, out: Path, language: str, today: date, progress: Progress = silent) -> int:
    """Write the site to ``out``, a folder or a zip file, in ``language``, and return how many services are on it.

    Raises:
        UsageError, NotFoundError, OSError.
    """
    _ = Language(language)
    with whole_folder(out) as folder:
        site = _Site(chosen, folder, _, today)
        try:
            for count, service in enumerate(chosen.services(), 1):
                body = entry(service, freshness(service, chosen.edition, today), _)
                for slug in dict.fromkeys((service.category, *service.also_in)):
                    site.put(slug, body)
                site.services = count
                if count % 500 == 0:
                    progress(Step("export", count, chosen.edition.services))
            site.finish()
        finally:
            site.close()
    return site.services


class _Site:
    """The pages of one site; of each need one page is open at a time."""

    def __init__(self, chosen: Chosen, folder: Path, _: Language, today: date) -> None:
        self._chosen, self._folder, self._, self._today = chosen, folder, _, today
        self._needs = {one.slug: one for one in chosen.categories}
        self._counts: defaultdict[str, int] = defaultdict(int)
        self._open: dict[str, TextIO] = {}
        self.services = 0

    def put(self, slug: str, body: str) -> None:
        """Write one entry to the need's newest page."""
        if slug not in self._needs:
            return
        if self._counts[slug] % A_PAGE == 0:
            self._next_page(slug)
        self._counts[slug] += 1
        self._open[slug].write(body)

    def finish(self) -> None:
        """End every page, and write the first one."""
        for slug in self._open:
            self._end(slug, last=True)
        tiles = [
            f'<li><a href="{_page(one.slug, 1)}"><b>{escape(one.label.best(self._.code))}</b>'
            f"<span>{self._counts[one.slug]:,} · {escape(one.hint.best(self._.code))}</span></a></li>"
            for one in self._needs.values()
            if self._counts[one.slug]
        ]
        title = self._chosen.edition.title.best(self._.code)
        body = f"{self._head(title)}<h1>{escape(title)}</h1><nav><ul>{''.join(tiles)}</ul></nav>{self._foot()}"
        (self._folder / "index.html").write_text(body, "utf-8")

    def close(self) -> None:
        """Let go of every file; what could not be written was said when a page was ended."""
        for file in self._open.values():
            with suppress(OSError):
                file.close()

    def _next_page(self, slug: str) -> None:
        number = self._counts[slug] // A_PAGE + 1
        if slug in self._open:
            self._end(slug, last=False)
        self._open[slug] = (self._folder / _page(slug, number)).open("w", encoding="utf-8")
        need = self._needs[slug]
        label = need.label.best(self._.code) + (f" ({number})" if number > 1 else "")
        back = f'<nav class="pages"><a href="index.html">{escape(self._("Find help"))}</a></nav>'
        self._open[slug].write(f"{self._head(label)}{back}<h1>{escape(label)}</h1>{_hint(need, self._)}")

    def _end(self, slug: str, *, last: bool) -> None:
        file = self._open[slug]
        number = (self._counts[slug] - 1) // A_PAGE + 1
        around = [] if number == 1 else [(number - 1, "←")]
        around += [] if last else [(number + 1, "→")]
        links = " ".join(f'<a href="{_page(slug, n)}">{sign} {n}</a>' for n, sign in around)
        file.write((f'<nav class="pages">{links}</nav>' if links else "") + self._foot())
        file.close()

    def _head(self, title: str) -> str:
        code, way = self._.code, "rtl" if self._.right_to_left else "ltr"
        return (
            f'<!doctype html><html lang="{escape(code)}" dir="{way}"><head><meta charset="utf-8">'
            '<meta name="viewport" content="width=device-width,initial-scale=1"><meta name="referrer" content="no-referrer">'
            "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">"
            f"<title>{escape(title)}</title><style>{STYLE}</style></head><body><main>\n"
        )

    def _foot(self) -> str:
        edition = self._chosen.edition
        parts = [edition.publisher_name, self._("Edition {name}", name=edition.name)]
        if edition.data_date:
            parts.append(self._("Data of {date}", date=self._.date(edition.data_date)))
        parts += [edition.licence, edition.attribution]
        return f"</main><footer>{escape(' · '.join(part for part in parts if part))}</footer></body></html>\n"


def _hint(need: Category, _: Language) -> str:
    return f"<p>{escape(need.hint.best(_.code))}</p>" if need.hint else ""


def _page(slug: str, number: int) -> str:
    safe = "".join(c if c.isascii() and (c.isalnum() or c in "-_") else "_" for c in slug)
    return f"need-{safe}.html" if number == 1 else f"need-{safe}-{number}.html"
