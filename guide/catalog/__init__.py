"""What bundles replace: the catalog's tables, and how they are read into records."""
