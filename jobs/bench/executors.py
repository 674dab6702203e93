"""How much faster two executors of one core are than one, for a model's work: evaluate, values (perplexity).

    jobs/bin/sightmill build --config conf/pipeline/quickstart.yaml --set root=/tmp/run
    python jobs/bench/executors.py --rows /tmp/run/quickstart/6-curate/sft

Runs each command on a standalone master of its own with one worker, then with two, in turns. Each worker has one processor of the
machine to itself, as nodes have theirs: an executor that compiles on an idle processor beside it makes one look faster than it is.
The driver runs where there is room. One thread of the engine in each executor. Printed are the least seconds that Spark's jobs
took together, by Spark's event log (start-up of the application left out, that of the model on each executor included), their
ratio, and how the tasks' time was shared. Give it work of more than a minute. Linux; needs nothing but Python.
"""

import argparse
import collections
import json
import os
import socket
import subprocess
import tempfile
import time
from pathlib import Path

parser = argparse.ArgumentParser()
parser.add_argument("--model", default="conf/models/tiny")
parser.add_argument("--rows", required=True, help="samples with a response, such as RUN/6-curate/sft")
parser.add_argument("--questions", type=int, default=2000, help="generated ones to evaluate")
parser.add_argument("--new-tokens", type=int, default=64, help="a limit: models that were never trained find no end")
parser.add_argument("--turns", type=int, default=2)
options = parser.parse_args()
model = str(Path(options.model).resolve())  # executors work in folders of their own


def times(log):
    """Seconds of jobs, and of tasks by executor."""
    started, seconds, tasks = {}, 0.0, collections.Counter()
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
    return seconds, tasks


class Cluster:
    """A standalone master and workers, worker i on processor i alone."""

    def __init__(self, workers, folder):
        self.home = Path(".sightmill/spark").resolve()
        self.folder = folder
        self.processes = []
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.url = f"spark://127.0.0.1:{free.getsockname()[1]}"
        port = self.url.rsplit(":", 1)[1]
        self.start("master.Master", ["--host", "127.0.0.1", "--port", port, "--webui-port", "0"])
        self.await_log("master.Master", "I have been elected leader")
        for number in range(workers):
            self.start("worker.Worker", ["--host", "127.0.0.1", "--webui-port", "0", "--cores", "1", "--memory", "3g",
                                         "--work-dir", f"{folder}/work-{number}", self.url], number)
        for number in range(workers):
            self.await_log("worker.Worker", "Successfully registered with master", number)

    def log(self, name, number):
        return Path(self.folder) / f"{name}-{number}.log"

    def start(self, name, arguments, number=None):
        options = Path(".sightmill/jvm.options").resolve()
        command = ["java", f"@{options}", "-Xmx384m", "-cp", f"{self.home}/jars/*",
                   f"org.apache.spark.deploy.{name}", *arguments]
        environment = dict(os.environ, SPARK_HOME=str(self.home), SPARK_SCALA_VERSION="2.13", SPARK_LOCAL_IP="127.0.0.1",
                           OMP_NUM_THREADS="1")
        pinned = (lambda: os.sched_setaffinity(0, {number})) if number is not None else None
        with open(self.log(name, number), "w") as log:
            self.processes.append(subprocess.Popen(
                command, stdout=log, stderr=subprocess.STDOUT, env=environment, preexec_fn=pinned, cwd=self.folder))

    def await_log(self, name, text, number=None):
        for _ in range(600):
            if text in self.log(name, number).read_text():
                return
            time.sleep(0.1)
        raise RuntimeError(f"no '{text}' in {self.log(name, number)} within a minute")

    def __enter__(self):
        return self

    def __exit__(self, *ended):
        for process in reversed(self.processes):
            process.terminate()
            process.wait()


def run(executors, arguments):
    with tempfile.TemporaryDirectory() as folder, Cluster(executors, folder) as cluster:
        log = Path(folder) / "log"
        log.mkdir()
        command = ["jobs/bin/sightmill"] + [argument.replace("{folder}", folder) for argument in arguments]
        command += ["--master", cluster.url]
        for setting in ("spark.executor.memory=2g", "spark.executor.cores=1", "spark.ui.enabled=false",
                        f"spark.executor.extraClassPath={Path('.sightmill/native').resolve()}/*",
                        "spark.eventLog.enabled=true", "spark.eventLog.compress=false", f"spark.eventLog.dir={log}"):
            command += ["--conf", setting]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, env=dict(os.environ, SPARK_LOCAL_IP="127.0.0.1"))
        return times(log)


with tempfile.TemporaryDirectory() as scratch:
    boards = Path(scratch) / "boards.yaml"
    boards.write_text(f"rows: {options.questions}\nseed: 999\nfamilies: [tally, majority]\ndifficulty_levels: 1\n")
    prompt = ["--system-prompt", "Think, then answer."]
    commands = {
        "evaluate": ["evaluate", "--model", model, "--benchmark", f"boards:procedural={boards}",
                     "--new-tokens", str(options.new_tokens), "--output", "{folder}/evaluate"] + prompt,
        "perplexity": ["values", "--of", "perplexity", "--model", model, "--rows", options.rows,
                       "--output", "{folder}/values"] + prompt}
    for name, arguments in commands.items():
        best = {}
        for _ in range(options.turns):
            for executors in (1, 2):
                taken = run(executors, arguments)
                best[executors] = min(best.get(executors, taken), taken, key=lambda result: result[0])
        share = ", ".join(f"executor {executor} {seconds:.1f}" for executor, seconds in sorted(best[2][1].items()))
        print(f"{name}: one executor {best[1][0]:.1f} s, two {best[2][0]:.1f} s, {best[1][0] / best[2][0]:.2f} times; "
              f"seconds of tasks with two: {share}", flush=True)
