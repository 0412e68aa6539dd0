"""Plain questions, answered from rows of the tables and ways of the tree, or not at all."""
