"""What is already promised to schools: its cost by the day, held against caseload and ledger."""
