"""The starter catalog's source, and the root of the publisher this program trusts."""
