"""Errors of Amazon EC2 and Amazon RDS that moto never gives: a stub in its place. The messages are recorded where `test/support` has them, else ours.

The file in FAULTS has, as JSON, a list for each action, of `{"code", "message", "status", "after"}`, one for each of its next calls. With `after`, the call is
made, and its answer is lost.
"""

import json
import os
import threading

reading = threading.Lock()


def next_of(action):
    path = os.environ.get("FAULTS", "")
    with reading:
        if not os.path.exists(path):
            return None
        with open(path, encoding="utf-8") as file:
            faults = json.load(file)
        if not faults.get(action):
            return None
        fault = faults[action].pop(0)
        with open(path, "w", encoding="utf-8") as file:
            json.dump(faults, file)
    return fault
