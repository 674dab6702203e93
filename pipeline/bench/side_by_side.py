"""Math-Verify and Sightmill on the same pairs, one after the other on one core; prints rates as JSON.

Usage: python side_by_side.py PAIRS.jsonl CLASSPATH
PAIRS has gold, pred and expected; CLASSPATH holds the compiled pipeline with its tests.
Needs: math-verify with an ANTLR runtime. Both sides get one warm-up pass over all pairs.
"""
import json
import subprocess
import sys
import time

from math_verify import parse, verify


def theirs(row):
    wrap = lambda text: text if "$" in text or "boxed" in text else "$%s$" % text
    try:
        return bool(verify(parse(wrap(row["gold"]), parsing_timeout=None),
                           parse(wrap(row["pred"]), parsing_timeout=None), timeout_seconds=None))
    except Exception:  # a failure of theirs counts as their "no"
        return False


def main():
    rows = [json.loads(line) for line in open(sys.argv[1], encoding="utf-8")]
    rows = [row for row in rows if row.get("expected") is not None]
    for row in rows:
        theirs(row)
    start = time.process_time()
    verdicts = [theirs(row) for row in rows]
    seconds = time.process_time() - start
    ours = json.loads(subprocess.check_output(
        ["java", "-XX:ActiveProcessorCount=1", "-cp", sys.argv[2],
         "org.sightmill.pipeline.answer.GraderRate", sys.argv[1]]))
    right = sum(v == row["expected"] for v, row in zip(verdicts, rows))
    false = sum(v and not row["expected"] for v, row in zip(verdicts, rows))
    print(json.dumps({
        "pairs": len(rows),
        "math_verify": {"per_second": len(rows) / seconds, "right": right, "false_positives": false},
        "sightmill": ours, "speedup": ours["per_second"] * seconds / len(rows)}, indent=1))


main()
