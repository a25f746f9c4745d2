"""python -m highneeds"""

from highneeds.cli import main

main()
