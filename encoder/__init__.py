"""Graftpath: from the operative note to the primary code and the structural allograft add-on."""
