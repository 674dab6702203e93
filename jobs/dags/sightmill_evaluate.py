"""
### Sightmill: evaluate and report

Starts when a new model is published, or by hand: asks the model a benchmark, scores it by the benchmark's own rule and by the
verifier that built the data set, and writes the run's page, `report.html`, with the six steps, training and accuracy.

Predictions are kept: a retry asks only what has no answer yet. Another model needs another folder, so results are filed by the
Airflow run that made them.
"""

from __future__ import annotations

import json
from datetime import timedelta

from airflow.sdk import Param, chain, dag, task

from sightmill_airflow import MODEL, REPORT, SightmillOperator, run_folder, run_params, sanitised
from sightmill_airflow import where as place_of

ROOT = "{{ ti.xcom_pull(task_ids='where')['root'] }}"
RUN = "{{ ti.xcom_pull(task_ids='where')['run'] }}"
OUTPUT = "{{ ti.xcom_pull(task_ids='where')['output'] }}"


@dag(
    dag_id="sightmill_evaluate",
    schedule=MODEL,
    catchup=False,
    max_active_runs=1,
    default_args={"retries": 2, "retry_delay": timedelta(minutes=5)},
    tags=["sightmill"],
    doc_md=__doc__,
    params={
        **run_params("dataset", "The run that holds the model. A published model names its own."),
        "benchmark": Param(
            "MathVista=/data/benchmarks/MathVista_MINI.tsv",
            type="string",
            pattern="^[^=]+=.+$",
            title="Benchmark",
            description="NAME=TSV with the official file, or NAME:generic=FILE for rows of your own; any Hadoop URI.",
        ),
        "new_tokens": Param(800, type="integer", minimum=1, title="New tokens", description="The longest answer."),
        "system_prompt": Param(
            "",
            type="string",
            title="System prompt",
            description="What the model was trained under; empty for the packaged one.",
        ),
    },
)
def sightmill_evaluate():
    @task
    def where(*, params, run_id, triggering_asset_events=None):
        """Which model: the one that was published, or the form's; and where results go."""
        place = place_of(params, triggering_asset_events)
        output = f"{place['root']}/{sanitised(place['run'])}/evaluations/{sanitised(run_id)}"
        return {**place, "output": output}

    evaluate = SightmillOperator(
        task_id="evaluate",
        command="evaluate",
        root=ROOT,
        run=RUN,
        arguments=[
            "--model",
            f"{ROOT}/{RUN}/grpo/model",
            "--label",
            "grpo",
            "--benchmark",
            "{{ params.benchmark }}",
            "--new-tokens",
            "{{ params.new_tokens }}",
            "--output",
            OUTPUT,
            "{% if params.system_prompt %}--system-prompt={{ params.system_prompt }}{% else %}--preset=paper{% endif %}",
        ],
        record=None,
        names_run=False,
    )
    report = SightmillOperator(
        task_id="report",
        command="report",
        root=ROOT,
        run=RUN,
        arguments=["--evaluation", OUTPUT],
        record=None,
    )

    @task(outlets=[REPORT])
    def publish(root: str, run: str, output: str, *, outlet_events):
        """Tells where the page lies, and how many items were scored."""
        parent, name = output.rsplit("/", 1)
        result = json.loads((run_folder(parent, name) / "grpo" / "evaluation.json").read_text())
        outlet_events[REPORT].extra = {
            "root": root,
            "run": run,
            "report": f"{root}/{run}/report.html",
            "rows": sum(benchmark["n"] for benchmark in result["benchmarks"]),
        }

    chain(where(), evaluate, report, publish(ROOT, RUN, OUTPUT))


sightmill_evaluate()
