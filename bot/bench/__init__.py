"""Stand-ins for the world outside, for tests and for measuring."""
