"""The lint: looks for what must not be published, before anything is signed (CONTENT, "Data lint to build in")."""
