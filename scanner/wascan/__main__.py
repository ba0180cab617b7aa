"""``python -m wascan``, for environments whose scripts are not on the path."""

import sys

# the working directory is that of the scanned tree, whose modules must never run
sys.path[:] = [folder for folder in sys.path if folder not in ("", ".")]
if sys.path and sys.path[0] == __import__("os").getcwd():
    del sys.path[0]

from wascan.cli import main  # noqa: E402  only now is it sure which wascan that is

main()
