"""The use cases, one verb each; what they need from outside is in `ports`."""
