"""python -m state_machines TEMPLATE…: fails where a state machine calls what does not exist, or with parameters that are not taken."""

import json
import sys

from .definition import calls, definitions
from .findings import findings


def main(paths):
    machines, tasks, wrong = 0, 0, 0
    for path in paths:
        with open(path, encoding="utf-8") as file:
            template = json.load(file)
        for logical_id, definition in definitions(template):
            machines += 1
            tasks += len(list(calls(definition))) if isinstance(definition, dict) else 0
            for sentence in findings(definition):
                wrong += 1
                print(f"{path} {logical_id} {sentence}", file=sys.stderr)
    print(f"{len(paths)} templates, {machines} state machines with {tasks} calls, {wrong or 'no'} finding{'s' if wrong > 1 else ''}")
    if machines == 0:
        print("no state machine at all: has nothing been synthesized?", file=sys.stderr)
    return 1 if wrong or machines == 0 else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
