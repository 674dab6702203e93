"""Reads the result file of 'sightmill evaluate' as VLMEvalKit's scorers do.

    PATH=jobs/bin:$PATH pytest test_result_file.py

VLMEvalKit (snapshot e8e78f05) loads `{model}_{dataset}.tsv` with pandas.read_csv(sep="\t"), takes it for the benchmark's rows
without `image` and with `prediction`, joins on an integer `index`, and reads options from columns by letter. Its package is not
on the index that packages come from, so that the form is checked here, not its code.
"""

import base64
import json
import os
import pathlib
import subprocess

import pandas
import pytest

PICTURE = base64.b64encode(b"no real picture, but longer than sixty-four characters in base64: a picture").decode()

ROWS = [
    # index, image, question, A, B, hint, answer, said
    (0, PICTURE, "Which one?", "left", "right", None, "A", "<think>t</think><answer>A</answer>"),
    (1, "0", "Two lines,\none picture:\twhich?", "left", 'so called "right"', None, "B", "B"),
    (2, f"['{PICTURE}', '{PICTURE}']", "Which of both?", "None", "both", "look twice", "B", 'line one\nline "two"\tB'),
    (7, PICTURE, "Which?", "left", "right", None, "A", None),
    (12, PICTURE, "Which colour?", "red", "blau, grün", None, "B", "<answer>A</answer> <answer>B</answer>"),
    (13, PICTURE, "Which number?", "1", "2", None, "A", "1"),
]


@pytest.fixture(scope="module")
def benchmark(tmp_path_factory) -> pathlib.Path:
    frame = pandas.DataFrame(ROWS, columns=["index", "image", "question", "A", "B", "hint", "answer", "said"])
    folder = tmp_path_factory.mktemp("benchmark")
    frame.drop(columns="said").to_csv(folder / "items.tsv", sep="\t", index=False)
    said = frame[["index", "said"]].dropna().rename(columns={"said": "prediction"})
    said.to_csv(folder / "said.tsv", sep="\t", index=False)
    return folder


@pytest.fixture(scope="module")
def result(benchmark) -> pathlib.Path:
    command = ["sightmill", "evaluate", "--label", "some model", "--benchmark", f"mine:generic={benchmark / 'items.tsv'}"]
    command += ["--predictions", str(benchmark / "said.tsv"), "--output", str(benchmark / "out")]
    done = subprocess.run(command, capture_output=True, text=True, timeout=300, env=os.environ)
    assert done.returncode == 0, done.stdout + done.stderr
    return benchmark / "out" / "some-model"


def test_it_is_the_benchmark_without_pictures_and_with_predictions(benchmark, result):
    rows = pandas.read_csv(benchmark / "items.tsv", sep="\t")
    read = pandas.read_csv(result / "some-model_mine.tsv", sep="\t")
    assert list(read.columns) == [column for column in rows.columns if column != "image"] + ["prediction"]
    assert read["index"].dtype == "int64"
    pandas.testing.assert_frame_equal(read.drop(columns="prediction"), rows.drop(columns="image"))


def test_predictions_are_what_the_adapter_passes_on(result):
    read = pandas.read_csv(result / "some-model_mine.tsv", sep="\t", index_col="index")
    said = {row[0]: row[-1] for row in ROWS}
    assert read.loc[0, "prediction"] == "A", "the one answer block"
    for index in (1, 2, 12):
        assert read.loc[index, "prediction"] == said[index], "everything, line breaks and quotes included"
    assert pandas.isna(read.loc[7, "prediction"]), "no answer"
    assert str(read.loc[13, "prediction"]) == "1", "evaluators make texts of predictions first"


def test_it_survives_the_way_to_a_workbook(result, tmp_path):
    read = pandas.read_csv(result / "some-model_mine.tsv", sep="\t")
    read.to_excel(tmp_path / "again.xlsx", index=False)
    again = pandas.read_excel(tmp_path / "again.xlsx")
    assert list(again["index"]) == list(read["index"])
    assert list(again["prediction"].astype(str)) == list(read["prediction"].astype(str))


def test_every_item_is_counted(result):
    numbers = json.loads((result / "evaluation.json").read_text(encoding="utf-8"))["benchmarks"][0]
    assert numbers["n"] == len(ROWS)
    assert numbers["failures"] == {"PREDICTION_MISSING": 1}
