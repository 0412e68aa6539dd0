"""The page of the editions: what is loaded, what an import would change, packs and their keys."""
