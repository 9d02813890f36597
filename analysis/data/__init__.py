"""Publishers' files -> tidy tables.

``registry`` says which releases there are, ``readers`` read them, ``make`` writes ``data/tidy``,
``tables`` gives it to all others.
"""
