"""Windows' own structures and numbers for printing, as winspool.h and wingdi.h have them."""

from __future__ import annotations

import ctypes
from ctypes import wintypes as w

ENUM_LOCAL, ENUM_CONNECTIONS = 2, 4
WORK_OFFLINE = 0x400  # of a printer's attributes
# Of a printer's status.
PAUSED, ERROR, JAM, PAPER_OUT, MANUAL_FEED, PAPER_PROBLEM, OFFLINE = 0x1, 0x2, 0x8, 0x10, 0x20, 0x40, 0x80
BUSY, PRINTING, NOT_AVAILABLE, NO_TONER, USER_INTERVENTION, DOOR_OPEN = (
    0x200,
    0x400,
    0x1000,
    0x40000,
    0x100000,
    0x400000,
)
# Of a job's status.
JOB_ERROR, JOB_DELETING, JOB_PRINTING, JOB_OFFLINE, JOB_PAPER_OUT = 0x2, 0x4, 0x10, 0x20, 0x40
JOB_PRINTED, JOB_DELETED, JOB_BLOCKED, JOB_COMPLETE = 0x80, 0x100, 0x200, 0x1000
JOB_CONTROL_DELETE = 5
DC_COPIES = 18
DM_OUT, DM_IN = 2, 8
DM_PAPERSIZE, DM_SCALE, DM_COPIES, DM_DUPLEX, DM_COLLATE, DM_ORIENTATION = 0x2, 0x10, 0x100, 0x1000, 0x8000, 0x1
PAPERS = {"letter": 1, "a4": 9}
SIDES = {"one-sided": 1, "two-sided-long-edge": 2, "two-sided-short-edge": 3}
LOGPIXELSX, LOGPIXELSY, PHYSICALOFFSETX, PHYSICALOFFSETY = 88, 90, 112, 113


class DevMode(ctypes.Structure):
    """DEVMODEW as far as printing goes; a driver's own data follows it in the buffer."""

    _fields_ = (
        ("dmDeviceName", w.WCHAR * 32),
        ("dmSpecVersion", w.WORD),
        ("dmDriverVersion", w.WORD),
        ("dmSize", w.WORD),
        ("dmDriverExtra", w.WORD),
        ("dmFields", w.DWORD),
        ("dmOrientation", w.SHORT),
        ("dmPaperSize", w.SHORT),
        ("dmPaperLength", w.SHORT),
        ("dmPaperWidth", w.SHORT),
        ("dmScale", w.SHORT),
        ("dmCopies", w.SHORT),
        ("dmDefaultSource", w.SHORT),
        ("dmPrintQuality", w.SHORT),
        ("dmColor", w.SHORT),
        ("dmDuplex", w.SHORT),
        ("dmYResolution", w.SHORT),
        ("dmTTOption", w.SHORT),
        ("dmCollate", w.SHORT),
    )


class PrinterInfo2(ctypes.Structure):
    """PRINTER_INFO_2W."""

    _fields_ = (
        ("pServerName", w.LPWSTR),
        ("pPrinterName", w.LPWSTR),
        ("pShareName", w.LPWSTR),
        ("pPortName", w.LPWSTR),
        ("pDriverName", w.LPWSTR),
        ("pComment", w.LPWSTR),
        ("pLocation", w.LPWSTR),
        ("pDevMode", w.LPVOID),
        ("pSepFile", w.LPWSTR),
        ("pPrintProcessor", w.LPWSTR),
        ("pDatatype", w.LPWSTR),
        ("pParameters", w.LPWSTR),
        ("pSecurityDescriptor", w.LPVOID),
        ("Attributes", w.DWORD),
        ("Priority", w.DWORD),
        ("DefaultPriority", w.DWORD),
        ("StartTime", w.DWORD),
        ("UntilTime", w.DWORD),
        ("Status", w.DWORD),
        ("cJobs", w.DWORD),
        ("AveragePPM", w.DWORD),
    )


class SystemTime(ctypes.Structure):
    """SYSTEMTIME."""

    _fields_ = tuple((f"w{n}", w.WORD) for n in range(8))


class JobInfo1(ctypes.Structure):
    """JOB_INFO_1W."""

    _fields_ = (
        ("JobId", w.DWORD),
        ("pPrinterName", w.LPWSTR),
        ("pMachineName", w.LPWSTR),
        ("pUserName", w.LPWSTR),
        ("pDocument", w.LPWSTR),
        ("pDatatype", w.LPWSTR),
        ("pStatus", w.LPWSTR),
        ("Status", w.DWORD),
        ("Priority", w.DWORD),
        ("Position", w.DWORD),
        ("TotalPages", w.DWORD),
        ("PagesPrinted", w.DWORD),
        ("Submitted", SystemTime),
    )


class DocInfo(ctypes.Structure):
    """DOCINFOW."""

    _fields_ = (
        ("cbSize", ctypes.c_int),
        ("lpszDocName", w.LPCWSTR),
        ("lpszOutput", w.LPCWSTR),
        ("lpszDatatype", w.LPCWSTR),
        ("fwType", w.DWORD),
    )
