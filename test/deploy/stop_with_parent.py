"""A server that stops when its standard input closes cannot outlive the tests that started it."""

import os
import sys
import threading


def _wait():
    sys.stdin.read()
    os._exit(0)


def stop_with_parent():
    threading.Thread(target=_wait, daemon=True).start()
