"""The rules for texts (docs/content.md), held against all of them or against one entry."""
