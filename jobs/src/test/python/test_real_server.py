"""Every role played by a model server that nobody here wrote: llama.cpp's, with random weights.

Grammars hold the random model to replies that a role could give, so that rows pass every step; what it says where it is
free to is its own. Needs ``sightmill`` on the PATH.
"""

import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import urllib.request

import duckdb
import pytest
from PIL import Image

HERE = pathlib.Path(__file__).resolve().parent
FOLDER = HERE.parents[2] / "target" / "real-server"
KEY = "sk-for-the-server-nobody-here-wrote"
COUNTED, NAMED = 6, 4
INPUT_USD, OUTPUT_USD = 1.0, 2.0

GRAMMARS = {
    "captioner": 'root ::= "A picture of " [a-z]{3,12} "."',
    "reasoner": r'root ::= "<think>\nI see three.\n</think>\n\nAnswer: 3"',
    "rewriter": r'root ::= "<think>\nI see three.\n</think>\n\nAnswer: 3"',
    # Not by JSON schema: free strings of a random model are seldom UTF-8, and this server then answers 500.
    "judge": 'root ::= ("yes" | "no") ": " [a-z]{3,12}',
}


class Server:
    def __init__(self, folder: pathlib.Path):
        folder.mkdir(parents=True)
        self.log = open(folder / "server.log", "w")
        command = [sys.executable, str(HERE / "tiny_server.py"), str(folder), KEY]
        self.process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=self.log, text=True
        )
        self.url = self.address()

    def address(self) -> str:
        for line in self.process.stdout:
            if line.startswith("serving at "):
                return line.split()[-1]
        raise AssertionError(f"the server did not start: {self.log.name}")

    def tokens_written(self) -> int:
        """By the server's own account, of all callers."""
        request = urllib.request.Request(self.url + "/metrics", headers={"Authorization": f"Bearer {KEY}"})
        with urllib.request.urlopen(request, timeout=10) as answer:
            return int(re.search(r"^llamacpp:tokens_predicted_total (\d+)", answer.read().decode(), re.M)[1])

    def close(self) -> None:
        self.process.communicate("", timeout=30)
        self.log.close()


@pytest.fixture(scope="module")
def server():
    shutil.rmtree(FOLDER, ignore_errors=True)
    running = Server(FOLDER / "server")
    yield running
    running.close()


def write_items(name: str, extra: dict | None = None) -> pathlib.Path:
    folder = FOLDER / name
    folder.mkdir()
    lines = []
    for i in range(COUNTED + NAMED):
        Image.new("RGB", (32, 32), (20 * i, 255 - 20 * i, 7 * i)).save(folder / f"{i}.png")
        item = {"id": str(i), "image": f"{i}.png", "note": f"note {i}"}
        if i < COUNTED:
            item |= {"q": f"How many cubes lie in row {i}?", "a": "3"}
        else:
            item |= {"q": f"What lies in row {i}?", "a": f"a red cube beside thing {i}"}
        lines.append(json.dumps(item | (extra or {})))
    (folder / "items.jsonl").write_text("\n".join(lines) + "\n")
    return folder / "items.jsonl"


def teacher(role: str, server: Server, **more) -> dict:
    sampling = more.pop("sampling", {})
    if role in GRAMMARS:
        sampling = {"extra": {"grammar": json.dumps(GRAMMARS[role])}} | sampling
    return {
        "provider": "openai",
        "model": f"random-{role}",
        "endpoints": [{"url": server.url + "/v1", "api_key_env": "TINY_KEY"}],
        "prices": {"input_usd_per_million": INPUT_USD, "output_usd_per_million": OUTPUT_USD},
        "sampling": sampling,
    } | more


def write_config(run: str, items: pathlib.Path, teachers: dict, **fields: str) -> pathlib.Path:
    fields = {"id": "$.id", "image": "$.image", "question": "$.q", "answer": "$.a"} | fields
    config = {
        "root": str(FOLDER / "out"),
        "run_id": run,
        "sources": [{"name": "tiny", "path": str(items), "map": fields}],
        "teachers": teachers,
    }
    path = FOLDER / f"{run}.yaml"
    path.write_text(json.dumps(config, indent=2))
    return path


def sightmill(*arguments: str, key: str = KEY) -> subprocess.CompletedProcess:
    return subprocess.run(
        ["sightmill", *arguments], env=os.environ | {"TINY_KEY": key}, capture_output=True, text=True, timeout=240
    )


def report(run: str, step: str) -> dict:
    return json.loads((FOLDER / "out" / run / step / "_report.json").read_text())


def rows(run: str, folder: str, columns: str) -> list[tuple]:
    path = FOLDER / "out" / run / folder / "*.parquet"
    return duckdb.sql(f"select {columns} from '{path}' order by sample_id").fetchall()


@pytest.fixture(scope="module")
def built(server):
    """A data set with every role on the server, and how many tokens the server wrote for it."""
    teachers = {role: teacher(role, server) for role in GRAMMARS}
    config = write_config("real", write_items("items"), teachers)
    before = server.tokens_written()
    done = sightmill("build", "--config", str(config), "--yes")
    assert done.returncode == 0, done.stdout + done.stderr
    return config, server.tokens_written() - before


def test_every_row_passes_every_role(built):
    everything = COUNTED + NAMED
    for step in ("2-caption", "3-distill", "4-rewrite"):
        counts = report("real", step)["counts"]
        assert (counts["read"], counts["out"]) == (everything, everything), step
        assert report("real", step)["measures"]["calls"] == everything, step
    assert report("real", "5-verify")["measures"]["calls"] == NAMED


def test_every_picture_has_a_caption_of_the_servers(built):
    captions = [caption for (caption,) in rows("real", "2-caption", "caption")]
    assert all(re.fullmatch(r"A picture of [a-z]{3,12}\.", caption) for caption in captions), captions


def test_numbers_are_judged_by_rule_and_names_by_the_servers_word(built):
    judged = dict.fromkeys(("rule", "judge"), 0)
    for answer_type, by, verdict in rows("real", "5-verify", "answer_type, verdict_by, verdict"):
        judged["judge" if answer_type == "open" else "rule"] += 1
        assert verdict == "EQUAL", (answer_type, by)
    assert judged["rule"] == COUNTED
    verify = report("real", "5-verify")
    others = {reason["code"]: reason["rows"] for reason in verify["reasons"]}
    assert set(others) <= {"ANSWER_DIFFERENT"}, others
    assert judged["judge"] + others.get("ANSWER_DIFFERENT", 0) == NAMED


def test_the_accounts_agree_with_the_servers(built):
    """Equal requests share one call: each counts once for the server, and in every row of ours."""
    _, written_by_server = built
    calls = {
        (call["request_sha256"], call["output_tokens"])
        for (provenance,) in rows("real", "4-rewrite", "provenance")
        for call in provenance
    }
    judged = report("real", "5-verify")["measures"]
    assert sum(tokens for _, tokens in calls) + judged["output_tokens"] == written_by_server
    for step in ("2-caption", "3-distill", "4-rewrite", "5-verify"):
        measures = report("real", step)["measures"]
        usd = (measures["input_tokens"] * INPUT_USD + measures["output_tokens"] * OUTPUT_USD) / 1e6
        assert measures["cost_usd"] == pytest.approx(usd), step
    assert judged["spent_usd"] == pytest.approx(judged["cost_usd"])


def test_the_log_answers_when_it_runs_anew(built, server):
    config, _ = built
    before = server.tokens_written()
    captions = rows("real", "2-caption", "sample_id, caption")
    again = sightmill("build", "--config", str(config), "--yes", "--until", "distill", "--force", "caption")
    assert again.returncode == 0, again.stdout + again.stderr
    assert rows("real", "2-caption", "sample_id, caption") == captions
    assert report("real", "2-caption")["measures"]["answers_replayed"] == COUNTED + NAMED
    assert server.tokens_written() == before


def test_what_the_server_refuses_or_cuts_is_told_by_name(server):
    items = write_items("long")
    lines = items.read_text().splitlines()
    first = json.loads(lines[0])
    lines[0] = json.dumps(first | {"note": "word " * 3_000})
    items.write_text("\n".join(lines) + "\n")
    free = teacher("reasoner", server, sampling={"extra": {"ignore_eos": "true"}, "max_tokens": 4})
    config = write_config("cut", items, {"reasoner": free}, context="$.note")
    done = sightmill("build", "--config", str(config), "--yes", "--until", "distill", "--set", "max_reject_fraction=1")
    assert done.returncode == 0, done.stdout + done.stderr
    rejected = rows("cut", "rejected/step=distill", "sample_id, code, detail")
    assert {code for _, code, _ in rejected} == {"TEACHER_FAILED"}
    assert len(rejected) == COUNTED + NAMED
    details = [detail for _, _, detail in rejected]
    assert sum("exceeds the available context size" in detail for detail in details) == 1, details
    assert sum("finish_reason is length" in detail for detail in details) == COUNTED + NAMED - 1, details
    faults = {name for name in report("cut", "3-distill")["measures"] if name.startswith("fault ")}
    assert {fault.split()[1] for fault in faults} == {"CONTEXT_TOO_LONG", "REPLY_CUT"}
