"""Printing on Windows: the spooler by ctypes, pages by PDFium onto the printer's device context (facts, print 3)."""
