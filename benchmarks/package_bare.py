"""The smallest window there is, to compare our package with."""

from package_watch import until_painted
from PySide6.QtWidgets import QApplication, QMainWindow

app = QApplication([])
window = QMainWindow()
window.show()
until_painted(window)
