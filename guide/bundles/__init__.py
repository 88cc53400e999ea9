"""How news arrives; with ``publish`` the only place that speaks TUF."""
