"""The publisher's side: readers, lint, build, keys and release."""
