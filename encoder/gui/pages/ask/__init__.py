"""The Ask place: plain questions, and from a code back to the facts."""
