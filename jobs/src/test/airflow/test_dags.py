"""The DAGs in a real Airflow: they import, fit together, ask for what Sightmill takes, and run.

Needs ``airflow``, ``sightmill`` and ``spark-submit`` on the PATH, and SIGHTMILL_JAR, the application jar.
"""

from __future__ import annotations

import base64
import json
import os
import subprocess
import sys
import threading
from contextlib import ExitStack
from datetime import datetime, timedelta, timezone
from pathlib import Path
from types import SimpleNamespace

import pytest
from airflow.dag_processing.dagbag import DagBag
from airflow.sdk.exceptions import AirflowException, AirflowFailException
from standins import KEYS, S3, Cluster, Reasoner

CONF = Path(__file__).parents[4] / "conf"
DAGS = Path(__file__).parents[3] / "dags"
JAR = os.environ["SIGHTMILL_JAR"]
STEPS = ["collect", "caption", "distill", "rewrite", "verify", "curate"]


@pytest.fixture(scope="module")
def dags():
    sys.path.insert(0, str(DAGS))  # as Airflow does for its DAG folder
    bag = DagBag(dag_folder=str(DAGS))
    assert bag.import_errors == {}
    return bag.dags


def connection(master: str) -> str:
    return json.dumps(
        {"conn_type": "spark", "host": master, "extra": {"deploy-mode": "client", "spark_binary": "spark-submit"}}
    )


@pytest.fixture(scope="module")
def airflow(tmp_path_factory):
    """Runs an airflow command in a home of its own, whose Spark is local unless told otherwise."""
    home = tmp_path_factory.mktemp("airflow")
    common = os.environ | {
        "AIRFLOW_HOME": str(home),
        "AIRFLOW__CORE__DAGS_FOLDER": str(DAGS),
        "AIRFLOW__CORE__LOAD_EXAMPLES": "False",
        "AIRFLOW_VAR_SIGHTMILL_JAR": JAR,
        "AIRFLOW_CONN_SPARK_DEFAULT": connection("local[2]"),
    }

    def run(*arguments, **more):
        environment = common | more
        done = subprocess.run(
            ["airflow", *arguments], env=environment, capture_output=True, text=True, check=False
        )
        return done.returncode, done.stdout + done.stderr

    code, said = run("db", "migrate")
    assert code == 0, said
    return run


def run_of(airflow, dag: str, more: dict | None = None, **conf) -> str:
    """Runs a DAG from its first task to its last; what it said."""
    code, said = airflow("dags", "test", dag, "--conf", json.dumps(conf), **(more or {}))
    assert code == 0, said[-6000:]
    return said


def config(folder: Path, rows: int, **more) -> Path:
    """A configuration over generated questions; JSON is YAML too."""
    file = folder / "config.yaml"
    source = {"name": "procedural", "reader": "procedural", "options": {"rows": rows, "seed": 7}}
    file.write_text(json.dumps({"sources": [source], **more}))
    return file


def test_the_build_is_a_chain_of_the_six_steps_that_publishes_two_assets(dags):
    dag = dags["sightmill_build"]
    chain = [*STEPS, "publish"]
    assert set(dag.task_ids) == set(chain)
    for before, after in zip(chain, chain[1:], strict=False):
        assert dag.get_task(after).upstream_task_ids == {before}
    assert {asset.name for asset in dag.get_task("publish").outlets} == {"sightmill_sft", "sightmill_rl"}


def test_every_spark_task_names_the_application_and_its_main_class(dags):
    tasks = [task for dag in dags.values() for task in dag.tasks if task.task_type == "SightmillOperator"]
    assert len(tasks) >= len(STEPS)
    for task in tasks:
        assert "sightmill_jar" in task.application
        assert task._java_class == "org.sightmill.jobs.cli.Sightmill"


def test_the_command_line_takes_the_arguments_of_every_spark_task(dags):
    for dag in dags.values():
        for task in dag.tasks:
            if task.task_type != "SightmillOperator":
                continue
            command, *arguments = task.application_args
            shown = subprocess.run(["sightmill", command, "--help"], capture_output=True, text=True, check=True).stdout
            for option in (argument for argument in arguments if argument.startswith("--")):
                assert option in shown, f"sightmill {command} has no {option}"


def test_training_waits_for_the_data_set_and_evaluation_for_the_model(dags):
    published = {asset.name: dag for dag in dags for task in dags[dag].tasks for asset in task.outlets}
    assert published == {
        "sightmill_sft": "sightmill_build",
        "sightmill_rl": "sightmill_build",
        "sightmill_model": "sightmill_train",
        "sightmill_report": "sightmill_evaluate",
    }
    for dag, awaited in (("sightmill_train", {"sightmill_sft", "sightmill_rl"}), ("sightmill_evaluate", {"sightmill_model"})):
        condition = dags[dag].timetable.asset_condition
        assert {asset.name for asset in getattr(condition, "objects", [condition])} == awaited
    chain = ["where", "sft", "grpo", "publish"]
    for before, after in zip(chain, chain[1:], strict=False):
        assert before in dags["sightmill_train"].get_task(after).upstream_task_ids


@pytest.mark.parametrize("dag", ["sightmill_build", "sightmill_train", "sightmill_evaluate"])
def test_the_trigger_form_explains_every_field_and_refuses_what_can_not_be(dags, dag):
    for name in dags[dag].params:
        field = dags[dag].params.get_param(name)
        assert field.schema["title"], name
        assert field.schema.get("description") or field.description, name
    root = dags[dag].params.get_param("root")
    with pytest.raises(Exception, match="''"):
        root.resolve("")


def test_the_chain_runs_and_a_second_run_under_its_name_does_no_step_and_asks_nobody_again(airflow, tmp_path):
    with ExitStack() as stack:
        reasoner = Reasoner(stack)
        teachers = {"reasoner": {"provider": "openai", "model": "m", "endpoints": [{"url": reasoner.url}]}}
        conf = {"root": str(tmp_path / "mill"), "config": str(config(tmp_path, 40, teachers=teachers)), "run": "tiny"}
        run_of(airflow, "sightmill_build", **conf)
        reports = sorted((tmp_path / "mill" / "tiny").glob("*/_report.json"))
        assert [report.parent.name.split("-")[1] for report in reports] == STEPS
        before = [report.read_text() for report in reports]
        asked = reasoner.calls
        assert asked >= 30

        said = run_of(airflow, "sightmill_build", **conf)
        assert [report.read_text() for report in reports] == before
        assert reasoner.calls == asked
        assert "is what it was" in said  # nobody who waits for the data set is started


def small_training(name: str, folder: Path, **sections) -> str:
    """The tiny model on the run's own rows, for as long as it takes to see that it works."""
    file = folder / f"{name}.yaml"
    common = {
        "model": {"path": str(CONF / "models" / "tiny"), "train": ["decoder", "head"]},
        "data": {"held_out": 0},
        "prompt": {
            "system_prompt": "Think, then answer.",
            "instructions": {},
            "max_prompt_length": 512,
            "min_pixels": 3136,
            "max_pixels": 12544,
        },
        "run": {"max_steps": 2, "save_steps": 1, "seed": 3},
    }
    file.write_text(json.dumps(common | sections))
    return str(file)


def benchmark(folder: Path) -> str:
    """A few questions about bundled pictures, as rows of one's own."""
    pictures = sorted((CONF / "samples" / "puzzlevqa" / "data" / "images").glob("*/*.png"))[:4]
    rows = [["index", "image", "question", "answer", "answer_type"]]
    for index, picture in enumerate(pictures):
        rows.append([str(index), base64.b64encode(picture.read_bytes()).decode(), "How many are there?", "3", "digit"])
    file = folder / "own.tsv"
    file.write_text("".join("\t".join(row) + "\n" for row in rows))
    return f"own:generic={file}"


def kill_in(step: str, run: str, s3: S3, victim, stop: threading.Event) -> threading.Thread:
    """Kills a worker with its executor when the step before ``step`` has committed."""
    before = STEPS.index(step)
    key = f"{run}/{before}-{STEPS[before - 1]}/_report.json"

    def watch():
        while not stop.wait(0.2):
            if s3.has(key) and victim.children():
                victim.kill()
                return

    thread = threading.Thread(target=watch)
    thread.start()
    return thread


def test_data_set_model_and_report_come_over_s3_though_a_worker_dies(airflow, tmp_path):
    with ExitStack() as stack:
        s3 = S3(tmp_path, stack)
        cluster = Cluster(tmp_path, 2, stack)
        properties = tmp_path / "spark.conf"
        # One engine thread and one compiler, as on machines of few cores; the natives are where setup put them.
        options = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Dai.djl.offline=true -Dai.djl.pytorch.num_threads=1"
        native = Path(JAR).parent / "native"
        properties.write_text(
            (CONF / "spark" / "s3.conf").read_text()
            + s3.settings()
            + "spark.executor.memory 1g\n"
            + "spark.sql.shuffle.partitions 2\n"
            + f"spark.driver.extraJavaOptions {options}\nspark.executor.extraJavaOptions {options}\n"
            + f"spark.driver.extraClassPath {native}/*\nspark.executor.extraClassPath {native}/*\n"
        )
        there = {
            **KEYS,
            "AIRFLOW_CONN_SPARK_DEFAULT": connection(cluster.url),
            "AWS_ENDPOINT_URL": s3.url,
            "AWS_DEFAULT_REGION": "us-east-1",
        }
        common = {"root": "s3a://mill/runs", "run": "tiny", "spark": str(properties)}

        stop = threading.Event()
        killer = kill_in("distill", "runs/tiny", s3, cluster.workers[1], stop)
        try:
            run_of(airflow, "sightmill_build", there, config=str(config(tmp_path, 40)), **common)
        finally:
            stop.set()
            killer.join()
        assert cluster.workers[1].process.poll() is not None, "no worker was killed"
        report = json.loads(s3.read("runs/tiny/6-curate/_report.json"))
        assert report["subsets"]["sft"] > 0 and report["subsets"]["rl"] > 0

        sft = small_training("sft", tmp_path, sft={"batch_size": 4, "max_tokens_per_batch": 2048, "max_length": 1024})
        grpo = small_training(
            "grpo",
            tmp_path,
            rollout={"num_generations": 4, "max_completion_length": 16, "groups_per_batch": 1},
            batch={"generation_batch_size": 8, "micro_batch_size": 4},
        )
        run_of(airflow, "sightmill_train", there, sft=sft, grpo=grpo, **common)
        for phase in ("sft", "grpo"):
            assert len(s3.read(f"runs/tiny/{phase}/metrics.jsonl").splitlines()) == 2
            assert s3.has(f"runs/tiny/{phase}/model/model.safetensors")

        run_of(
            airflow, "sightmill_evaluate", there, benchmark=benchmark(tmp_path), new_tokens=8,
            system_prompt="Think, then answer.", **common,
        )
        page = s3.read("runs/tiny/report.html").decode()
        for part in ("sft", "grpo", "own"):
            assert part in page


def test_a_driver_on_the_cluster_that_failed_fails_the_task_although_spark_submit_says_nothing(dags, tmp_path, monkeypatch):
    kind = type(dags["sightmill_build"].get_task("distill"))
    fresh = kind(task_id="t", command="distill", root=str(tmp_path), run="r")
    monkeypatch.setattr(kind.__base__, "execute", lambda self, context: None)
    start = datetime(2026, 1, 1, tzinfo=timezone.utc)
    record = tmp_path / "r" / "_run" / "status.json"
    record.parent.mkdir(parents=True)

    def ended(code: int | None, *messages: str):
        began = (start + timedelta(seconds=1)).isoformat()
        status = {"command": "distill", "started_at": began, "exit_code": code, "messages": messages}
        record.write_text(json.dumps(status))
        fresh.execute({"ti": SimpleNamespace(start_date=start, try_number=1)})

    ended(0)
    with pytest.raises(AirflowFailException, match="no key 'sorces'"):
        ended(2, "no key 'sorces'")
    with pytest.raises(AirflowException, match="sightmill distill has not said how it ended"):
        ended(None)
    with pytest.raises(AirflowException, match="sightmill distill ended with 1") as failed:
        ended(1)
    assert not isinstance(failed.value, AirflowFailException)


def test_too_many_faulty_rows_fail_the_task_with_the_reason_and_no_retry(airflow, tmp_path):
    (tmp_path / "items.jsonl").write_text('{"id": "1", "q": "How many?", "a": "3", "image": "gone.png"}\n')
    file = tmp_path / "config.yaml"
    source = {
        "name": "mine",
        "path": str(tmp_path / "items.jsonl"),
        "images": str(tmp_path),
        "map": {"id": "$.id", "image": "$.image", "question": "$.q", "answer": "$.a"},
    }
    file.write_text(json.dumps({"sources": [source]}))
    conf = json.dumps({"root": str(tmp_path / "mill"), "config": str(file), "run": ""})
    code, said = airflow("dags", "test", "sightmill_build", "--conf", conf)
    assert code != 0
    assert "AirflowFailException" in said
    assert "max_reject_fraction" in said
