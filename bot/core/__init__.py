"""The rules, pure: no database, no network, no clock, nothing but the standard library."""
