"""Finding codes and places in the tree by what a coder types: words made alike, read, matched, ranked."""
