"""`python -m engine.cli.main`: the command line where the script `masar` is not on the path."""

from engine.cli import main

if __name__ == "__main__":
    main()
