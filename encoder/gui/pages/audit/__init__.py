"""The page of the audit: a file of claims in, findings out."""
