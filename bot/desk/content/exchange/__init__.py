"""All texts out and in, and translators without an account."""
