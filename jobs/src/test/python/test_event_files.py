"""Trains the tiny model for three steps, and reads the TensorBoard files of the run with TensorBoard itself.

    PATH=jobs/bin:$PATH pytest test_event_files.py

TRAINED_RUN names the folder of another run to read, such as RUN/grpo; then nothing is trained.
"""

import json
import math
import os
import pathlib
import subprocess

import pytest
from tensorboard.backend.event_processing.event_accumulator import EventAccumulator

CONFIGURATION = pathlib.Path(__file__).parents[4] / "conf" / "trainer" / "grpo-tiny.yaml"
SETTINGS = [
    "run.max_steps=3",
    "data.procedural.rows=64",
    "data.held_out=8",
    "run.eval_steps=2",
    "batch.generation_batch_size=16",
    "rollout.groups_per_batch=2",
]


@pytest.fixture(scope="module")
def run(tmp_path_factory) -> pathlib.Path:
    if "TRAINED_RUN" in os.environ:
        return pathlib.Path(os.environ["TRAINED_RUN"])
    root = tmp_path_factory.mktemp("training")
    command = ["sightmill", "grpo", "--config", str(CONFIGURATION), "--set", f"root={root}", "--set", "run_id=events"]
    for setting in SETTINGS:
        command += ["--set", setting]
    done = subprocess.run(command, capture_output=True, text=True, cwd=CONFIGURATION.parents[2])
    assert done.returncode == 0, done.stdout + done.stderr
    return root / "events" / "grpo"


def test_tensorboard_shows_every_metric_of_every_step(run):
    events = EventAccumulator(str(run / "tensorboard"), size_guidance={"scalars": 0})
    events.Reload()
    expected = {}
    for line in (run / "metrics.jsonl").read_text().splitlines():
        metrics = json.loads(line)
        for name, value in metrics.items():
            if name != "step" and value is not None:
                expected.setdefault(name, {})[metrics["step"]] = value
    assert {"reward", "kl", "loss", "grad_norm", "completions/mean_length"} <= set(expected)
    assert len(expected["reward"]) >= 3
    assert set(events.Tags()["scalars"]) == set(expected)
    for name, by_step in expected.items():
        found = {event.step: event.value for event in events.Scalars(name) if not math.isnan(event.value)}
        assert set(by_step) <= set(found), name
        for step, value in by_step.items():
            assert math.isclose(found[step], value, rel_tol=1e-5, abs_tol=1e-30), f"{name} of step {step}"
