"""Keeps the search of the current catalog open, asks it one question at a time, and forgets what was asked."""

from __future__ import annotations

import gc
import threading
from datetime import datetime
from pathlib import Path

from guide.catalog.books import Book
from guide.clock import Here
from guide.records import Answer, Question
from guide.records.laid import Laid
from guide.search.ask import Search


class Door:
    """One open search. ``ask`` from any thread, one at a time; the others never wait for it, save ``close``."""

    def __init__(self, own_words: Path, joined: Path) -> None:
        """Take the shelter's own file of everyday words, and that of what several catalogs share; open nothing yet."""
        self._own_words, self._joined = own_words, joined
        self._search: Search | None = None
        self._books: tuple[Book, ...] = ()
        self._laid = Laid()
        self._asking, self._forgetting = threading.Lock(), False

    def ask(
        self, books: tuple[Book, ...], question: Question, now: datetime, here: Here, laid: Laid = Laid()
    ) -> Answer:
        """Return what ``question`` finds in ``books`` with what the house lays over them. Raises BrokenCatalogError, Interrupted."""
        try:
            with self._asking:
                search = self._opened(books, laid)
                search.tell(here)
                return search.ask(question, now)
        finally:
            self._put_away()

    def interrupt(self) -> None:
        """Stop a search that is running in another thread."""
        if (search := self._search) is not None:
            search.interrupt()

    def forget(self) -> None:
        """Forget what was asked; a search that is running does so at its end. The index stays open (SAFETY Q4, N1)."""
        self._forgetting = True
        self._put_away()

    def close(self) -> None:
        """Let go of every file."""
        with self._asking:
            self._let_go()

    def _put_away(self) -> None:
        # Never waits: whoever holds the lock comes here too, after letting it go.
        if self._forgetting and self._asking.acquire(blocking=False):
            try:
                self._forgetting = False
                if self._search is not None:
                    self._search.forget()
            finally:
                self._asking.release()

    def _opened(self, books: tuple[Book, ...], laid: Laid) -> Search:
        if self._search is None or (self._books, self._laid) != (books, laid):
            self._let_go()
            self._search = Search.joined(books, self._joined, self._own_words, laid)
            self._books, self._laid = books, laid
            settle()
        return self._search

    def _let_go(self) -> None:
        if self._search is not None:
            self._search.close()
        self._search, self._books = None, ()


def settle() -> None:
    """Have Python look for garbage among what a keystroke makes, and not among all that stays open (40 ms a look)."""
    gc.unfreeze()
    gc.collect()
    gc.freeze()
