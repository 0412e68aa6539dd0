"""The note beside the questions: where it speaks of one, what it suggests, what it documents, what a query quotes."""
