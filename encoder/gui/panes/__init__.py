"""The panes beside the page: the way so far, what is possible, the note, help."""
