"""What words are by themselves: the forms of cues, the lists of the lexicon, and what a spelling can be."""
