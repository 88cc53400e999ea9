"""``dataclass(frozen=True, slots=True)`` as the standard library means it, with methods written when first needed.

The standard library compiles six methods for each class when it is imported: forty records cost forty
milliseconds before the first paint. Here a class costs a tenth of that, and only ``__init__`` is ever compiled,
when the first value is made. To a type checker it is the standard library's own.
"""

from __future__ import annotations

import dataclasses
import sys
from collections.abc import Callable
from operator import attrgetter
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from dataclasses import dataclass as dataclass
else:

    def dataclass(*, frozen: bool, slots: bool) -> Callable[[type], type]:
        """Return what makes a class of annotated fields a frozen record; no other kind is made here.

        ``dataclasses.fields``, ``asdict``, ``replace`` and ``match`` know it as a dataclass. A default is a plain
        value. Raises TypeError for a field with a factory.
        """
        if not (frozen and slots):
            raise TypeError("records are frozen and have slots")
        return _record


def _record(plain: type) -> type:
    made: Any = dataclasses.dataclass(init=False, repr=False, eq=False, slots=True)(plain)
    fields = dataclasses.fields(made)
    if any(field.default_factory is not dataclasses.MISSING for field in fields):
        raise TypeError("a record's default is a plain value")
    names = tuple(field.name for field in fields)
    content: Callable[[Any], Any] = attrgetter(*names)
    single = len(names) == 1

    def parts(self: Any) -> tuple[type, tuple[Any, ...]]:
        return made, (content(self),) if single else content(self)

    def same(self: Any, other: object) -> bool:
        return content(self) == content(other) if other.__class__ is self.__class__ else NotImplemented

    def number(self: Any) -> int:
        return hash(content(self))

    made.__init__ = _Unwritten(made)
    made.__eq__, made.__hash__ = same, number
    made.__repr__, made.__reduce__ = _shown, parts  # copied and pickled by making the record anew
    made.__setattr__, made.__delattr__ = _refused, _refused
    record: type = made
    return record


class _Unwritten:
    """Stands for ``__init__`` until somebody looks at it: then it is written, and takes this one's place."""

    def __init__(self, record: type) -> None:
        self._record = record

    def __get__(self, value: object, owner: type) -> Any:
        made: Any = _written(self._record)
        type.__setattr__(self._record, "__init__", made)
        return made if value is None else made.__get__(value, owner)


def _written(record: type) -> Callable[..., None]:
    """Return the ``__init__`` of ``record``: it fills each slot by the slot's own setter, past ``_refused``."""
    fields = dataclasses.fields(record)
    setters = {f"_set_{f.name}": record.__dict__[f.name].__set__ for f in fields}
    defaults = {f"_or_{f.name}": f.default for f in fields if f.default is not dataclasses.MISSING}
    given = [f"{f.name}=_or_{f.name}" if f"_or_{f.name}" in defaults else f.name for f in fields]
    around = ", ".join([*setters, *defaults])
    lines = [f"  _set_{f.name}(self, {f.name})" for f in fields]
    text = "\n".join(
        [f"def around({around}):", f" def __init__(self, {', '.join(given)}):", *lines, " return __init__"]
    )
    space: dict[str, Any] = {}
    exec(text, sys.modules[record.__module__].__dict__, space)  # noqa: S102 - our own fields' names, nothing else
    made: Any = space["around"](*setters.values(), *defaults.values())
    made.__qualname__ = f"{record.__qualname__}.__init__"
    made.__annotations__ = {f.name: f.type for f in fields} | {"return": None}
    written: Callable[..., None] = made
    return written


def _shown(self: Any) -> str:
    said = ", ".join(f"{f.name}={getattr(self, f.name)!r}" for f in dataclasses.fields(self))
    return f"{type(self).__qualname__}({said})"


def _refused(self: Any, name: str, _value: object = None) -> None:
    raise dataclasses.FrozenInstanceError(f"cannot change {name!r} of a {type(self).__name__}")
