"""A report, or some of its claims, as documents opened before a meeting: one content, and a writer a format."""
