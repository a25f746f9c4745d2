"""The questions that the account asks of its own figures, in words: code -> question."""

ACCOUNT_RULES = {
    "ACCOUNT-01": "A printed planned closing deficit is its own roll-forward",
    "ACCOUNT-02": "No year is missing from the account",
    "ACCOUNT-03": "Documents that state one sum of money state the same sum",
    "ACCOUNT-04": "Sums said to be a share of the same thing imply the same whole",
    "ACCOUNT-05": "The instalments add up to every total that was published",
    "ACCOUNT-06": "Average costs keep one basis from month to month",
    "ACCOUNT-07": "The agreed baseline is the one that was locked",
    "ACCOUNT-08": "A year's allocation is that of its latest DfE update",
    "ACCOUNT-09": "Spend stands on the lines of the section 251 return",
    "ACCOUNT-10": "The council's own figures are those that its documents print",
    "ACCOUNT-11": "A sum that two of the council's own files give is the same in both",
}
