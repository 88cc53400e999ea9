"""Finding: one derived, disposable index per catalog, and how it is asked."""
