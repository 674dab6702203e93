"""Reads a finished run as its users do: pandas, DuckDB, Hugging Face datasets, a plain Parquet viewer.

    SIGHTMILL_RUN=sightmill-out/demo pytest test_consumers.py

SIGHTMILL_RUN is the folder of a run that curate has committed.
"""

import io
import json
import os
import pathlib

import datasets
import duckdb
import pandas
import pyarrow.parquet
import pytest
from PIL import Image

SUBSETS = ("sft", "rl", "aha")
MAX_ROW_GROUP_BYTES = 286 << 20  # what the Hugging Face viewer refuses


@pytest.fixture(scope="module")
def curated() -> pathlib.Path:
    run = os.environ.get("SIGHTMILL_RUN")
    assert run, "set SIGHTMILL_RUN to the folder of a finished run"
    folder = pathlib.Path(run) / "6-curate"
    assert (folder / "_report.json").is_file(), f"{folder} has no _report.json: not a finished run"
    return folder


@pytest.fixture(scope="module")
def counts(curated) -> dict:
    return json.loads((curated / "_report.json").read_text())["subsets"]


def decoded(data: bytes) -> Image.Image:
    image = Image.open(io.BytesIO(data))
    image.load()
    return image


def query(sql: str) -> list:
    with duckdb.connect() as connection:
        return connection.execute(sql).fetchall()


def some_pictures(rows):
    return [row for row in rows if row is not None][:20]


@pytest.mark.parametrize("subset", SUBSETS)
def test_pandas_reads_rows_and_pictures(curated, counts, subset):
    frame = pandas.read_parquet(curated / subset)
    assert len(frame) == counts[subset]
    for row in some_pictures(frame["image"]):
        assert min(decoded(row["bytes"]).size) > 0


@pytest.mark.parametrize("subset", SUBSETS)
def test_duckdb_reads_rows_and_pictures(curated, counts, subset):
    files = f"read_parquet('{curated / subset}/*.parquet')"
    assert query(f"select count(*) from {files}") == [(counts[subset],)]
    rows = query(f"select image.bytes from {files} where image is not null limit 20")
    for (data,) in rows:
        assert min(decoded(data).size) > 0


@pytest.mark.parametrize("subset", SUBSETS)
def test_datasets_shows_pictures(curated, counts, subset, tmp_path):
    if counts[subset] == 0:
        return  # datasets makes no split of no rows; the readers above have counted it
    rows = datasets.load_dataset(str(curated), subset, split="train", cache_dir=str(tmp_path))
    assert len(rows) == counts[subset]
    assert isinstance(rows.features["image"], datasets.Image)
    for row in some_pictures(rows.select(range(min(20, len(rows))))):
        if row["image_path"] is not None:
            assert isinstance(row["image"], Image.Image)
            assert row["image"].size == (row["width"], row["height"]) or row["width"] is None


@pytest.mark.parametrize("column", ("sample_id", "image_sha256"))
def test_splits_share_no_sample_and_no_picture(curated, column):
    sft, rl = (f"read_parquet('{curated / split}/*.parquet')" for split in ("sft", "rl"))
    shared = query(f"select {column} from {sft} intersect select {column} from {rl}")
    assert [value for (value,) in shared if value is not None] == []


def test_row_groups_are_small_enough_for_viewers(curated):
    for file in curated.glob("*/*.parquet"):
        meta = pyarrow.parquet.ParquetFile(file).metadata
        for i in range(meta.num_row_groups):
            assert meta.row_group(i).total_byte_size < MAX_ROW_GROUP_BYTES, f"{file}, row group {i}"


def test_the_run_holds_pictures(curated, counts):
    assert sum(counts.values()) > 0, "an empty run shows nothing"
    frames = [pandas.read_parquet(curated / subset, columns=["image"]) for subset in SUBSETS]
    assert any(frame["image"].notna().any() for frame in frames), "no row has a picture"
