"""From publishers' files to rows of the one shape.

``READERS`` says, for each source, which function reads its releases and which tidy table its rows
go into.
"""
