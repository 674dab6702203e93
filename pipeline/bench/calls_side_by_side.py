"""How many calls a second Ray Data's HTTP processor or distilabel makes of a server; prints JSON.

Usage: python calls_side_by_side.py ray|distilabel URL IN_FLIGHT ROWS LATENCY_MS
URL ends in /v1 and is org.sightmill.pipeline.faultserver.SteadyServer's. IN_FLIGHT calls in each of two workers; the same
rows and replies as CallRateBenchmark, which does it with -Dserver.url=URL. A tenth of the rows goes first, unmeasured.
Needs: ray[data] with aiohttp; or distilabel with openai.
"""
import json
import os
import sys
import time

WORKERS = 2
CAPTION = "Two red cubes stand beside a blue ball on a table. " * 6


def messages(i):
    text = f"Question: How many are there in picture {i}?\n\nCaption: {CAPTION}"
    return [{"role": "system", "content": "Reason about the picture."}, {"role": "user", "content": text}]


def with_ray(url, in_flight, rows):
    os.environ["RAY_USAGE_STATS_ENABLED"] = "0"
    import ray
    from ray.data.llm import HttpRequestProcessorConfig, build_processor

    if not ray.is_initialized():
        ray.init(num_cpus=WORKERS + 1, include_dashboard=False, logging_level="error")
    # Ray 2.60 has no setting for calls in flight here; within a batch it waits for one reply after the other. Batches are
    # what an actor may overlap, so the smallest are the kindest.
    config = HttpRequestProcessorConfig(
        url=url + "/chat/completions", batch_size=1, concurrency=(WORKERS, WORKERS), max_retries=3)
    processor = build_processor(
        config,
        preprocess=lambda row: {"payload": {"model": "m", "messages": messages(row["id"])}},
        postprocess=lambda row: {"text": row["http_response"]["choices"][0]["message"]["content"]},
    )
    return processor(ray.data.range(rows, override_num_blocks=WORKERS * 8)).materialize().count()


def with_distilabel(url, in_flight, rows):
    from distilabel.models import OpenAILLM
    from distilabel.pipeline import Pipeline
    from distilabel.steps import LoadDataFromDicts, StepResources
    from distilabel.steps.tasks import TextGeneration

    data = [{"instruction": messages(i)[1]["content"]} for i in range(rows)]
    with Pipeline() as pipeline:
        load = LoadDataFromDicts(data=data, batch_size=in_flight)
        ask = TextGeneration(
            llm=OpenAILLM(model="m", base_url=url, api_key="none"),
            system_prompt="Reason about the picture.",
            input_batch_size=in_flight,
            resources=StepResources(replicas=WORKERS),
        )
        load >> ask
    done = pipeline.run(use_cache=False)["default"]["train"]
    return sum(text is not None for text in done["generation"])


def main():
    tool, url, in_flight, rows, latency_ms = sys.argv[1], sys.argv[2], *map(int, sys.argv[3:6])
    run = {"ray": with_ray, "distilabel": with_distilabel}[tool]
    run(url, in_flight, rows // 10)
    start = time.perf_counter()
    answers = run(url, in_flight, rows)
    seconds = time.perf_counter() - start
    ideal = WORKERS * in_flight / (latency_ms / 1000)
    print(json.dumps({"tool": tool, "in_flight": in_flight, "rows": rows, "answers": answers,
                      "calls_per_s": round(rows / seconds), "of_ideal": round(rows / seconds / ideal, 3)}))


if __name__ == "__main__":
    main()
