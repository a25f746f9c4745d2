"""What is invented, for trying the product out and for testing it: a caseload, a book of commitments, a whole world."""
