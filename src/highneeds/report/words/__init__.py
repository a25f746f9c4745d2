"""What the product says, one file a subject, so that a person can read the sentences through and change one.

A function here takes figures that are already known and gives back words; it works nothing out and reads no sentence.
"""
