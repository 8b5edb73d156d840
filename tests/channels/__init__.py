"""Tests of what residents write through."""
