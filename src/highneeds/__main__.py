"""python -m highneeds"""

from highneeds.cli import main

if __name__ == "__main__":
    main()
