"""Windows' spooler and drawing libraries with the types of what is called; loaded on Windows alone."""

from __future__ import annotations

import ctypes
from ctypes import wintypes as w
from dataclasses import dataclass
from typing import Any

_P = ctypes.c_void_p
_TYPES: dict[str, dict[str, tuple[Any, list[Any]]]] = {
    "winspool.drv": {
        "EnumPrintersW": (w.BOOL, [w.DWORD, w.LPWSTR, w.DWORD, _P, w.DWORD, _P, _P]),
        "GetDefaultPrinterW": (w.BOOL, [w.LPWSTR, _P]),
        "OpenPrinterW": (w.BOOL, [w.LPWSTR, _P, _P]),
        "ClosePrinter": (w.BOOL, [w.HANDLE]),
        "DocumentPropertiesW": (w.LONG, [w.HWND, w.HANDLE, w.LPWSTR, _P, _P, w.DWORD]),
        "DeviceCapabilitiesW": (w.DWORD, [w.LPCWSTR, w.LPCWSTR, w.WORD, _P, _P]),
        "GetJobW": (w.BOOL, [w.HANDLE, w.DWORD, w.DWORD, _P, w.DWORD, _P]),
        "SetJobW": (w.BOOL, [w.HANDLE, w.DWORD, w.DWORD, _P, w.DWORD]),
    },
    "gdi32": {
        "CreateDCW": (w.HDC, [w.LPCWSTR, w.LPCWSTR, w.LPCWSTR, _P]),
        "DeleteDC": (w.BOOL, [w.HDC]),
        "GetDeviceCaps": (ctypes.c_int, [w.HDC, ctypes.c_int]),
        "StartDocW": (ctypes.c_int, [w.HDC, _P]),
        "StartPage": (ctypes.c_int, [w.HDC]),
        "EndPage": (ctypes.c_int, [w.HDC]),
        "EndDoc": (ctypes.c_int, [w.HDC]),
        "AbortDoc": (ctypes.c_int, [w.HDC]),
    },
}


@dataclass(frozen=True)
class Libraries:
    """The spooler, the drawing library, and PDFium's call onto a device context."""

    spooler: Any
    drawing: Any
    render_page: Any


def load() -> Libraries:
    """Return the real ones. Raises OSError or AttributeError where this Windows or this PDFium lacks them."""
    found = []
    for library, calls in _TYPES.items():
        opened = _opened(library)
        for name, (answer, arguments) in calls.items():
            function = getattr(opened, name)
            function.restype, function.argtypes = answer, arguments
        found.append(opened)
    import pypdfium2.raw

    return Libraries(found[0], found[1], pypdfium2.raw.FPDF_RenderPage)


def _opened(library: str) -> Any:
    return getattr(ctypes, "WinDLL")(library, use_last_error=True)  # noqa: B009 - there is none elsewhere
