"""Sources: the noun phrases that name who speaks, read word by word."""
