"""The page of the cases."""
