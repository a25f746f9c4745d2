"""Why plan and fact differ: volume, mix, price, named drivers, and what a delay costs."""
