"""What the pages say: a case as it stands, put into the rows, lines and texts of the widgets. Pure functions."""
