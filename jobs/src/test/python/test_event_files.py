"""Reads a training run's TensorBoard files with TensorBoard itself and compares them with its metrics.jsonl.

    python check_event_files.py RUN/grpo

Needs the package tensorboard. Ends with 1 and a sentence where they differ.
"""

import json
import math
import pathlib
import sys

from tensorboard.backend.event_processing.event_accumulator import EventAccumulator


def main(folder: pathlib.Path) -> str | None:
    events = EventAccumulator(str(folder / "tensorboard"), size_guidance={"scalars": 0})
    events.Reload()
    lines = [json.loads(line) for line in (folder / "metrics.jsonl").read_text().splitlines()]
    expected = {}
    for line in lines:
        for name, value in line.items():
            if name != "step" and value is not None:
                expected.setdefault(name, {})[line["step"]] = value
    if set(expected) != set(events.Tags()["scalars"]):
        return f"names differ: {sorted(set(expected) ^ set(events.Tags()['scalars']))}"
    for name, by_step in expected.items():
        found = {event.step: event.value for event in events.Scalars(name) if not math.isnan(event.value)}
        for step, value in by_step.items():
            if step not in found or not math.isclose(found[step], value, rel_tol=1e-5, abs_tol=1e-30):
                return f"{name} of step {step} is {found.get(step)}, not {value}"
    print(f"{len(expected)} scalars over {len(lines)} steps agree")
    return None


if __name__ == "__main__":
    sys.exit(main(pathlib.Path(sys.argv[1])))
