"""`python -m engine.cli.main`: the command line, wherever the folder lies."""

from engine.cli import main

if __name__ == "__main__":
    main(prog_name="masar")
