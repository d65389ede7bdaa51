"""How much of a file is read, so that a hostile one costs no more than its problem."""

LONGEST = 64 * 2**20  # bytes: a longer line of JSON, or file of one article, is no article
LONGEST_PAGE = 16 * 2**20  # bytes of HTML: pages are read at 20 ms a KiB where they are made to be slow
LONGEST_WIDE = 256 * 2**20  # bytes of JSON Lines in UTF-16 or 32, which is read at once
MOST_ATTRIBUTES = 1000  # of one tag of HTML: the parser compares each with each
EXPANSION = 200  # times its size: text grows to five or ten times when it is unpacked
SAMPLE = 2**16  # bytes to guess an encoding by


def most_unpacked(size: int) -> int:
    """The bytes that may come of a compressed file of `size` bytes."""
    return max(EXPANSION * size, LONGEST)
