"""One file a figure, named as the figure: its ``sheet()`` says what is drawn, in no language."""
