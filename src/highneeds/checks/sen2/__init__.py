"""Is a SEN2 return fit to use? Rules about one row, about records that belong together, about the last accepted return.

A row rule is a predicate over the columns of a view (a module's rows with what stands above them); a rule across
records answers with the rows it objects to. Both run over whole columns, and both run on their own smallest case.
"""
