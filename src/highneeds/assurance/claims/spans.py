"""Places in a sentence."""

Span = tuple[int, int]


def overlaps(one: Span, other: Span) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def free(span: Span, taken: list[Span]) -> bool:
    """Does the span touch none of those taken?"""
    return not any(overlaps(span, other) for other in taken)
