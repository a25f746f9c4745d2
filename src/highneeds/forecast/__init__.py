"""What happens next? Rates, kernels, levers, places, costs and odds: from a caseload to paths of plans and money."""
