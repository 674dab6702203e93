"""What the Sightmill DAGs share: an operator that submits one Sightmill command, and a look into a run's files."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from airflow.providers.apache.spark.operators.spark_submit import SparkSubmitOperator
from airflow.sdk import ObjectStoragePath
from airflow.sdk.exceptions import AirflowException, AirflowFailException

MAIN_CLASS = "org.sightmill.jobs.cli.Sightmill"

# Where the application jar lies for whoever runs spark-submit. An Airflow variable overrides it.
APPLICATION = "{{ var.value.get('sightmill_jar', '/opt/sightmill/sightmill.jar') }}"

# A retry repeats what failed in the cluster or on the network. It can't mend a wrong configuration (2) or bad data (3).
NO_RETRY = (2, 3)


class SightmillOperator(SparkSubmitOperator):
    """Submits ``sightmill <command>`` over a run, and says why it ended.

    spark-submit only tells whether a job failed. Sightmill writes how it ended to ``_run/status.json``; from there come
    the messages, and exit codes 2 and 3, which fail the task without a retry.
    """

    template_fields: Sequence[str] = (*SparkSubmitOperator.template_fields, "root", "run")

    def __init__(
        self, *, command: str, root: str, run: str, arguments: Sequence[str] = (), **kwargs: Any
    ) -> None:
        super().__init__(
            application=APPLICATION,
            java_class=MAIN_CLASS,
            name=f"sightmill {command}",
            application_args=[command, "--root", root, "--run-id", run, *arguments],
            **kwargs,
        )
        self.command = command
        self.root = root
        self.run = run

    def execute(self, context: Any) -> None:
        """Runs the command.

        :raises AirflowFailException: for a configuration or a quality gate that a retry can't mend
        """
        try:
            super().execute(context)
        except AirflowException as error:
            status = self.status_since(context["ti"].start_date)
            if status is None:
                raise
            told = "\n".join(status["messages"]) or str(error)
            if status["exit_code"] in NO_RETRY:
                raise AirflowFailException(told) from error
            raise AirflowException(told) from error

    def status_since(self, start: datetime | None) -> dict[str, Any] | None:
        """The status this command left in the run after ``start``; None when another or none did."""
        path = run_folder(self.root, self.run) / "_run" / "status.json"
        if not path.exists():
            return None
        status = json.loads(path.read_text())
        began = datetime.fromisoformat(status["started_at"])
        of_this_try = start is None or began >= start
        return status if status["command"] == self.command and of_this_try else None


def run_folder(root: str, run: str) -> ObjectStoragePath:
    """The run's folder below a root that is written as Hadoop writes it; ``s3a`` is ``s3`` to Python."""
    place = root.replace("s3a://", "s3://", 1)
    if "://" not in place:
        place = place if place.startswith("file:") else f"file://{place}"
    return ObjectStoragePath(place) / sanitised(run)


def sanitised(run: str) -> str:
    """The folder of a run id: characters that break Hadoop paths, such as the colons of Airflow, become ``-``."""
    return re.sub(r"[^A-Za-z0-9._-]", "-", run).lstrip(".")
