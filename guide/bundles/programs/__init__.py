"""How a newer version of this program itself arrives: signed by the program's own publisher, put in by staff."""
