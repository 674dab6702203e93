"""What the Sightmill DAGs share: an operator that submits one Sightmill command, and a look into a run's files."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from airflow.providers.apache.spark.operators.spark_submit import SparkSubmitOperator
from airflow.sdk import Asset, Param
from airflow.sdk.exceptions import AirflowException, AirflowFailException
from upath import UPath

MAIN_CLASS = "org.sightmill.jobs.cli.Sightmill"

# Where the application jar lies for whoever runs spark-submit. An Airflow variable overrides it.
APPLICATION = "{{ var.value.get('sightmill_jar', '/opt/sightmill/sightmill.jar') }}"

# A retry repeats what failed in the cluster or on the network. It can't mend a wrong configuration (2) or bad data (3).
NO_RETRY = (2, 3)

# What the DAGs hand to one another. Each event says where it lies, how much it is, and a fingerprint of what it is.
SFT = Asset(name="sightmill_sft", uri="sightmill://dataset/sft")
RL = Asset(name="sightmill_rl", uri="sightmill://dataset/rl")
MODEL = Asset(name="sightmill_model", uri="sightmill://model")
REPORT = Asset(name="sightmill_report", uri="sightmill://report")


def run_params(run_default: str, run_description: str) -> dict[str, Param]:
    """The fields of every trigger form: where runs lie, which one, and what Spark is told."""
    return {
        "root": Param("/data/mill", type="string", minLength=1, title="Root", description="Where runs lie, any Hadoop URI."),
        "run": Param(run_default, type="string", title="Run", description=run_description),
        "spark": Param(
            "",
            type="string",
            title="Spark properties",
            description="A file for spark-submit's --properties-file, such as conf/spark/cpu.conf; empty for its own defaults.",
        ),
    }


class SightmillOperator(SparkSubmitOperator):
    """Submits ``sightmill <command>``, and says why it ended.

    spark-submit only tells whether a job failed, and of a driver on a standalone cluster not even that: it ends with 0.
    Sightmill writes how it ended to ``_run/status.json``; from there come the messages, and exit codes 2 and 3, which fail
    the task without a retry.

    :param command: the subcommand
    :param arguments: what follows it
    :param root: where runs lie
    :param run: the run
    :param record: the folder below the run that holds ``_run/status.json``; "" for the run's own, None for a command that
        writes none
    :param names_run: whether the command takes ``--root`` and ``--run-id``
    :param resumes: whether a retry says ``--resume``: training goes on behind its last resume point
    """

    template_fields: Sequence[str] = (*SparkSubmitOperator.template_fields, "root", "run")

    def __init__(
        self,
        *,
        command: str,
        root: str,
        run: str,
        arguments: Sequence[str] = (),
        record: str | None = "",
        names_run: bool = True,
        resumes: bool = False,
        **kwargs: Any,
    ) -> None:
        place = ["--root", root, "--run-id", run] if names_run else []
        super().__init__(
            application=APPLICATION,
            java_class=MAIN_CLASS,
            name=f"sightmill {command} {run}",
            application_args=[command, *place, *arguments],
            properties_file="{{ params.spark }}",
            **kwargs,
        )
        self.command = command
        self.root = root
        self.run = run
        self.record = record
        self.resumes = resumes

    def execute(self, context: Any) -> None:
        """Runs the command.

        :raises AirflowFailException: for a configuration or a quality gate that a retry can't mend
        """
        if self.resumes and context["ti"].try_number > 1:
            self.application_args = [*self.application_args, "--resume"]
        failure = None
        try:
            super().execute(context)
        except AirflowException as error:
            failure = error
        status = self.status_since(context["ti"].start_date)
        if status is None or status["exit_code"] == 0:
            if failure is not None:
                raise failure
            return
        # Without an exit code it was killed, or nobody waited for it: what comes after it must not begin.
        ended = "has not said how it ended" if status["exit_code"] is None else f"ended with {status['exit_code']}"
        told = "\n".join(status["messages"]) or str(failure or f"sightmill {self.command} {ended}")
        kind = AirflowFailException if status["exit_code"] in NO_RETRY else AirflowException
        raise kind(told) from failure

    def status_since(self, start: datetime | None) -> dict[str, Any] | None:
        """The status this command left after ``start``; None when another or none did."""
        if self.record is None:
            return None
        folder = run_folder(self.root, self.run)
        path = (folder / self.record if self.record else folder) / "_run" / "status.json"
        if not path.exists():
            return None
        status = json.loads(path.read_text())
        began = datetime.fromisoformat(status["started_at"])
        of_this_try = start is None or began >= start
        return status if status["command"] == self.command and of_this_try else None


def where(params: dict[str, Any], triggering_asset_events: Any) -> dict[str, str]:
    """The root and run of what started this DAG run: the newest asset event's, or the trigger form's."""
    newest = None
    for events in dict(triggering_asset_events or {}).values():
        for event in events:
            if newest is None or event.timestamp > newest.timestamp:
                newest = event
    if newest is None:
        return {"root": params["root"], "run": params["run"]}
    return {"root": newest.extra["root"], "run": newest.extra["run"]}


def said_before(inlet_events: Any, asset: Asset, extra: dict[str, Any]) -> bool:
    """Whether the newest event of an asset tells the same: who listens has nothing new to do."""
    events = inlet_events[asset]
    return len(events) > 0 and events[-1].extra == extra


def run_folder(root: str, run: str) -> UPath:
    """The run's folder below a root that is written as Hadoop writes it; ``s3a`` is ``s3`` to Python.

    S3 needs ``s3fs``, and the environment that spark-submit needs as well: ``AWS_ACCESS_KEY_ID``, ``AWS_SECRET_ACCESS_KEY`` and,
    for another server than Amazon's, ``AWS_ENDPOINT_URL``.
    """
    place = root.replace("s3a://", "s3://", 1)
    if "://" not in place:
        place = place if place.startswith("file:") else f"file://{place}"
    return UPath(place) / sanitised(run)


def sanitised(run: str) -> str:
    """The folder of a run id: characters that break Hadoop paths, such as the colons of Airflow, become ``-``."""
    return re.sub(r"[^A-Za-z0-9._-]", "-", run).lstrip(".")
