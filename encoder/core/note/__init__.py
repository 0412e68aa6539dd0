"""An operative note: sections, sentences, findings with their spans and status, and what they suggest to the tree."""
