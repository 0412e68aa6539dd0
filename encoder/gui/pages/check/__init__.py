"""The page of the claim check: one claim, its findings and their fixes."""
