"""What Spark costs a GRPO step, and what a second executor brings: one training in one process and on Spark masters, in turns.

    python trainer/bench/spark_cost.py --set batch.generation_batch_size=256

Every process computes with one thread. Printed are the median seconds of a step (the first ones of each turn left out: a
JVM compiles for a minute, on the same cores) and of its parts, each master against the first, and whether all ended with the
same numbers: what they compute must not depend on where they do it. Needs nothing but Python; 'local-cluster[N,1,M]' starts N
executors of one core as processes.
"""

import argparse
import json
import os
import statistics
import subprocess
import tempfile
from pathlib import Path

parser = argparse.ArgumentParser()
parser.add_argument("--config", default="conf/trainer/grpo-tiny.yaml")
parser.add_argument("--set", action="append", default=[], metavar="KEY=VALUE", help="of the configuration, may be repeated")
parser.add_argument("--steps", type=int, default=5)
parser.add_argument("--warmup", type=int, default=1, help="steps at the beginning of each turn that are left out")
parser.add_argument("--turns", type=int, default=2)
parser.add_argument(
    "--masters", nargs="*", default=["", "local[2]", "local-cluster[1,1,2048]", "local-cluster[2,1,2048]"],
    help="the empty one is one process without Spark")
options = parser.parse_args()
PARTS = ("step_time", "timing_s/rollout", "timing_s/score", "timing_s/update")


def train(master):
    with tempfile.TemporaryDirectory() as root:
        command = ["jobs/bin/sightmill", "grpo", "--config", options.config]
        values = [f"root={root}", "run_id=cost", "data.held_out=0", "batch.gradient_shards=2",
                  f"run.max_steps={options.steps}", "run.save_steps=1000"] + options.set
        for value in values:
            command += ["--set", value]
        if master:
            command += ["--master", master, "--conf", "spark.executor.memory=2g", "--conf", "spark.ui.enabled=false",
                        "--conf", f"spark.executor.extraClassPath={Path('.sightmill/native').resolve()}/*"]
        threads = dict(os.environ, OMP_NUM_THREADS="1")
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, env=threads)
        lines = next(Path(root).glob("**/metrics.jsonl")).read_text().splitlines()
    return [json.loads(line) for line in lines]


def outcome(steps):
    return [{name: value for name, value in step.items() if "tim" not in name and "per_second" not in name} for step in steps]


runs = {master: [] for master in options.masters}
for _ in range(options.turns):
    for master in options.masters:
        runs[master].append(train(master))
first = None
for master, turns in runs.items():
    steps = [step for turn in turns for step in turn[options.warmup:]]
    seconds = {part: statistics.median(step.get(part, 0.0) for step in steps) for part in PARTS}
    first = first or seconds
    print(f"{master or 'one process'}: " + ", ".join(f"{part.split('/')[-1]} {seconds[part]:.2f} s" for part in PARTS)
          + f"; step {seconds['step_time'] / first['step_time']:.3f} of the first")
ends = [outcome(turn) for turns in runs.values() for turn in turns]
print("the same numbers everywhere" if all(end == ends[0] for end in ends) else "THE NUMBERS DIFFER")
