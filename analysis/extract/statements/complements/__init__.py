"""What follows a cue and makes it attribute: the source in between, where the content starts; and the other ways to attribute."""
