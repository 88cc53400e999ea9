"""Readers of what publishers hold: each gives services as records, and a report of every fault."""
