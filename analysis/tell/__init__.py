"""Findings -> words, in the six languages of the United Nations."""

LANGUAGES = ("ar", "en", "es", "fr", "ru", "zh")

COMMITTED = ("en", "zh")
"""Those in which figures are committed."""
