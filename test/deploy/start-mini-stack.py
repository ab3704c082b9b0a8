"""Starts MiniStack, which takes its settings from the environment.

Usage: start-mini-stack.py PORT. It stops when its standard input closes.
"""

import os
import sys

from stop_with_parent import stop_with_parent

os.environ["GATEWAY_PORT"] = os.environ["EDGE_PORT"] = sys.argv.pop()

from ministack.app import main  # noqa: E402 - it reads its port when it is imported

stop_with_parent()
main()
