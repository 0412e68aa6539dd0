"""Small widgets and row painters. Each takes the look in its constructor, knows no page, and speaks by signals."""
