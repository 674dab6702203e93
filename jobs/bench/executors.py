"""How much faster two executors of one core are than one: evaluate, values (perplexity), collect.

    jobs/bin/sightmill build --config conf/pipeline/quickstart.yaml --set root=/tmp/run
    python jobs/bench/executors.py --rows /tmp/run/quickstart/6-curate/sft
    python jobs/bench/executors.py --commands collect --sources sources.yaml

Runs each command on local-cluster[1,1,2048] and local-cluster[2,1,2048] in turns, one thread of the engine in each executor.
Each executor is held on a processor of its own from its first second on, as a node of one core would hold it: a lone executor
would compile on the other processor while it works. Printed are the least seconds that Spark's jobs took together, by Spark's
event log (start-up of the application left out, that of the model on each executor included), their ratio, and how the tasks'
time was shared. Give it work of minutes: an executor spends some 15 s of processor time on start-up and compilation, which two
executors do twice. Needs nothing but Python, on Linux.
"""

import argparse
import collections
import json
import os
import subprocess
import tempfile
import threading
from pathlib import Path

parser = argparse.ArgumentParser()
parser.add_argument("--model", default="conf/models/tiny")
parser.add_argument("--rows", default="", help="samples with a response, such as RUN/6-curate/sft, for perplexity")
parser.add_argument("--sources", default="", help="a configuration whose sources are collected")
parser.add_argument("--questions", type=int, default=20000, help="generated ones to evaluate")
parser.add_argument("--new-tokens", type=int, default=64, help="a limit: models that were never trained find no end")
parser.add_argument("--turns", type=int, default=2)
parser.add_argument("--commands", nargs="+", choices=("evaluate", "perplexity", "collect"), default=("evaluate", "perplexity"))
options = parser.parse_args()
for command, option in (("perplexity", "rows"), ("collect", "sources")):
    if command in options.commands and not getattr(options, option):
        parser.error(f"{command} needs --{option}")
model = str(Path(options.model).resolve())  # executors work in folders of their own


def times(log):
    """Seconds of jobs, and by executor those of tasks and those of processor that the tasks' own threads had."""
    started, seconds, tasks, busy = {}, 0.0, collections.Counter(), collections.Counter()
    for file in sorted(Path(log).rglob("events_*")):
        for line in file.read_text().splitlines():
            event = json.loads(line)
            if event["Event"] == "SparkListenerJobStart":
                started[event["Job ID"]] = event["Submission Time"]
            elif event["Event"] == "SparkListenerJobEnd":
                seconds += (event["Completion Time"] - started[event["Job ID"]]) / 1e3
            elif event["Event"] == "SparkListenerTaskEnd":
                task = event["Task Info"]
                tasks[task["Executor ID"]] += (task["Finish Time"] - task["Launch Time"]) / 1e3
                busy[task["Executor ID"]] += event.get("Task Metrics", {}).get("Executor CPU Time", 0) / 1e9
    return seconds, tasks, busy


def hold_executors(command, ended):
    """Holds all threads of each executor that the command started on one processor of those at hand, until it ended."""
    processors = sorted(os.sched_getaffinity(0))
    looks = collections.Counter()
    while not ended.wait(1):
        for process in descendants(command.pid):
            looks[process] += 1
            if looks[process] > 5:
                continue  # threads that start later are held as those that start them
            try:
                words = Path(f"/proc/{process}/cmdline").read_text().split("\0")
                if "--executor-id" in words:
                    processor = processors[int(words[words.index("--executor-id") + 1]) % len(processors)]
                    for thread in os.listdir(f"/proc/{process}/task"):
                        os.sched_setaffinity(int(thread), {processor})
            except (FileNotFoundError, ProcessLookupError):
                pass  # a process or thread that ended meanwhile


def descendants(process):
    """The processes that a process started, and those that they started."""
    try:
        threads = list(Path(f"/proc/{process}/task").iterdir())
        children = [int(child) for thread in threads for child in (thread / "children").read_text().split()]
    except (FileNotFoundError, ProcessLookupError):
        return []
    return children + [descendant for child in children for descendant in descendants(child)]


def run(executors, arguments):
    with tempfile.TemporaryDirectory() as folder:
        log = Path(folder) / "log"
        log.mkdir()
        command = ["jobs/bin/sightmill"] + [argument.replace("{folder}", folder) for argument in arguments]
        command += ["--master", f"local-cluster[{executors},1,2048]"]
        for setting in ("spark.executor.memory=2g", "spark.executor.cores=1", "spark.ui.enabled=false",
                        f"spark.executor.extraClassPath={Path('.sightmill/native').resolve()}/*",
                        "spark.eventLog.enabled=true", "spark.eventLog.compress=false", f"spark.eventLog.dir={log}"):
            command += ["--conf", setting]
        with subprocess.Popen(command, stdout=subprocess.DEVNULL, env=dict(os.environ, OMP_NUM_THREADS="1")) as process:
            ended = threading.Event()
            holder = threading.Thread(target=hold_executors, args=(process, ended))
            holder.start()
            code = process.wait()
            ended.set()
            holder.join()
        if code:
            raise SystemExit(f"{' '.join(command)}: exit code {code}")
        return times(log)


with tempfile.TemporaryDirectory() as scratch:
    boards = Path(scratch) / "boards.yaml"
    boards.write_text(f"rows: {options.questions}\nseed: 999\nfamilies: [tally, majority]\ndifficulty_levels: 1\n")
    prompt = ["--system-prompt", "Think, then answer."]
    commands = {
        "evaluate": ["evaluate", "--model", model, "--benchmark", f"boards:procedural={boards}",
                     "--new-tokens", str(options.new_tokens), "--output", "{folder}/evaluate"] + prompt,
        "perplexity": ["values", "--of", "perplexity", "--model", model, "--rows", options.rows,
                       "--output", "{folder}/values"] + prompt,
        "collect": ["collect", "--config", options.sources, "--root", "{folder}/run"]}
    for name in options.commands:
        best = {}
        for _ in range(options.turns):
            for executors in (1, 2):
                taken = run(executors, commands[name])
                best[executors] = min(best.get(executors, taken), taken, key=lambda result: result[0])
        print(f"{name}: one executor {best[1][0]:.1f} s, two {best[2][0]:.1f} s, {best[1][0] / best[2][0]:.2f} times")
        for executors, (_, tasks, busy) in best.items():
            share = "; ".join(f"executor {executor} {tasks[executor]:.1f} s, {busy[executor]:.1f} of processor time"
                              for executor in sorted(tasks))
            print(f"  tasks of {executors}: {share}", flush=True)
