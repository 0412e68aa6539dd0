"""The code page: everything the tables hold about one code, as plain values; and the facts of our own behind it."""
