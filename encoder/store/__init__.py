"""Reading and keeping: the code database, the tree files, the cases. Plain sqlite3, no Qt."""
