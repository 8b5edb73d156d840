"""The page of one answer: its form, preview, findings and moves."""
