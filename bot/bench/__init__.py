"""Measurements: how fast and how good, on real input."""
