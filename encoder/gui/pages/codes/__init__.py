"""The code book: the search, the page of a code, what the coder keeps of his own, and the picker of diagnoses."""
