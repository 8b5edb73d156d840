"""All SQL: tables, the statements on each noun, encryption at rest, migrations."""
