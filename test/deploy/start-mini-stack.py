"""Starts MiniStack, which takes its settings from the environment.

Usage: start-mini-stack.py PORT. It stops when its standard input closes. Where there is MOTO_URL, snapshots are at that endpoint.
"""

import os
import sys

from stop_with_parent import stop_with_parent

os.environ["GATEWAY_PORT"] = os.environ["EDGE_PORT"] = sys.argv.pop()

from ministack.app import main  # noqa: E402 - it reads its port when it is imported

if "MOTO_URL" in os.environ:
    import mini_stack_events  # noqa: F401 - completes MiniStack's Amazon EventBridge
    import mini_stack_integrations  # noqa: F401 - completes MiniStack's Step Functions
    import mini_stack_maps  # noqa: F401 - completes MiniStack's Step Functions

stop_with_parent()
main()
