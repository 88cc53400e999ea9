"""Measurements, each against a floor of the same run; run.py runs them all."""
