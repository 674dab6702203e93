"""Tokens per second of this trainer and of transformers, alternating, on one machine and one set of weights.

    pip install torch transformers
    mvn -q -pl trainer -am test-compile dependency:build-classpath -Dmdep.outputFile=/tmp/trainer.cp
    javac -cp trainer/target/classes:$(cat /tmp/trainer.cp) -d /tmp/bench trainer/bench/SideBySide.java
    python trainer/bench/side_by_side.py --classpath /tmp/bench:trainer/target/classes:$(cat /tmp/trainer.cp)

Both sides run the same case in turns; the table holds the best of each side's turns and their ratio. With --threads 1 it
also holds the rates by the working thread's processor time, which other work on the machine disturbs less.
A case's name is WIDTH/CASE/ROWS, and --only takes the beginnings of names.
"""

import argparse
import os
import subprocess
import tempfile
import time

parser = argparse.ArgumentParser()
parser.add_argument("--classpath", required=True)
parser.add_argument("--threads", type=int, default=os.cpu_count())
parser.add_argument("--seconds", type=float, default=10)
parser.add_argument("--turns", type=int, default=2)
parser.add_argument("--only", nargs="*", default=[""])
options = parser.parse_args()
os.environ["OMP_NUM_THREADS"] = str(options.threads)

import torch  # noqa: E402
import transformers  # noqa: E402
from transformers import Qwen2_5_VLConfig, Qwen2_5_VLForConditionalGeneration  # noqa: E402

torch.set_num_threads(options.threads)
transformers.logging.set_verbosity_error()
IMAGE, GROUP, SIDE, PROMPT = 2046, 8, 32, 16


def build(width, folder):
    heads = width // 64
    text = dict(
        vocab_size=2048, hidden_size=width, intermediate_size=width * 11 // 4, num_hidden_layers=4,
        num_attention_heads=heads, num_key_value_heads=heads // 2, rms_norm_eps=1e-6, max_position_embeddings=4096,
        tie_word_embeddings=False, bos_token_id=1, eos_token_id=2,
        rope_parameters=dict(rope_type="default", rope_theta=1e6, mrope_section=[8, 12, 12]))
    vision = dict(
        depth=8, hidden_size=320, intermediate_size=880, num_heads=4, out_hidden_size=width, patch_size=14,
        temporal_patch_size=2, spatial_merge_size=2, window_size=112, fullatt_block_indexes=[3, 7], tokens_per_second=2)
    config = Qwen2_5_VLConfig(
        text_config=text, vision_config=vision, image_token_id=IMAGE, video_token_id=2047, vision_start_token_id=2044,
        vision_end_token_id=2045, tie_word_embeddings=False)
    torch.manual_seed(0)
    model = Qwen2_5_VLForConditionalGeneration(config)
    model.save_pretrained(folder)
    return model


def picture(rows):
    ids = torch.randint(5, 2000, (rows, SIDE * SIDE // 4 + PROMPT))
    ids[:, 4:4 + SIDE * SIDE // 4] = IMAGE
    return dict(
        input_ids=ids, attention_mask=torch.ones_like(ids), mm_token_type_ids=(ids == IMAGE).int(),
        pixel_values=torch.randn(rows * SIDE * SIDE, 1176), image_grid_thw=torch.tensor([[1, SIDE, SIDE]] * rows))


def autocast(kind):
    return torch.autocast("cpu", torch.bfloat16, enabled=kind == "BFLOAT16")


def train(model, kind, rows, tokens):
    optimizer = torch.optim.AdamW(model.parameters(), lr=1e-5, fused=True)
    ids = torch.randint(5, 2000, (rows, tokens))

    def work():
        with autocast(kind):
            loss = model(input_ids=ids, labels=ids, use_cache=False).loss
        loss.backward()
        optimizer.step()
        optimizer.zero_grad(set_to_none=True)
        return rows * tokens
    return work


def generate(model, inputs, tokens):
    def work():
        with torch.no_grad():
            model.generate(**inputs, do_sample=True, temperature=1.0, top_k=0, max_new_tokens=tokens, min_new_tokens=tokens)
        return inputs["input_ids"].shape[0] * tokens
    return work


def decode(model, kind, rows, tokens):
    ids = torch.randint(5, 2000, (rows, PROMPT))
    return generate(model, dict(input_ids=ids, attention_mask=torch.ones_like(ids)), tokens)


def group(model, kind, rows, tokens):
    return generate(model, picture(GROUP), tokens)


def group_train(model, kind, rows, tokens):
    inputs = picture(GROUP)
    answers = torch.randint(5, 2000, (GROUP, tokens))
    for name, value in (("input_ids", answers), ("attention_mask", torch.ones_like(answers)),
                        ("mm_token_type_ids", torch.zeros_like(answers, dtype=torch.int))):
        inputs[name] = torch.cat([inputs[name], value], 1)

    def work():
        with autocast(kind):
            logits = model(**inputs, use_cache=False, logits_to_keep=tokens + 1).logits[:, :-1]
        chosen = torch.log_softmax(logits.float(), -1).gather(2, answers.unsqueeze(2))
        (-chosen.mean()).backward()
        model.zero_grad(set_to_none=True)
        return GROUP * tokens
    return work


def timed(work, seconds):
    start, start_cpu, count = time.perf_counter(), time.thread_time(), 0
    while True:
        count += work()
        if time.perf_counter() - start >= seconds:
            return count / (time.perf_counter() - start), count / (time.thread_time() - start_cpu)


def theirs(model, case, kind, rows, tokens):
    work = {"TRAIN": train, "DECODE": decode, "DECODE_GROUP": group, "TRAIN_GROUP": group_train}[case](model, kind, rows, tokens)
    timed(work, options.seconds / 5)
    return timed(work, options.seconds)


def ours(folder, case, kind, rows, tokens):
    command = ["java", f"-Dai.djl.pytorch.num_threads={options.threads}", "-cp", options.classpath, "SideBySide",
               folder, kind, case, str(rows), str(tokens), str(options.seconds)]
    output = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    return tuple(float(rate) for rate in output.split()[-2:])


CASES = [("TRAIN", "FLOAT32", 8, 128), ("TRAIN", "BFLOAT16", 8, 128), ("DECODE", "FLOAT32", 1, 64),
         ("DECODE", "FLOAT32", 8, 64), ("DECODE", "FLOAT32", 32, 64), ("DECODE_GROUP", "FLOAT32", 8, 64),
         ("TRAIN_GROUP", "FLOAT32", 8, 64)]

print(f"torch {torch.__version__}, transformers {transformers.__version__}, {options.threads} threads")
for width in (256, 768):
    with tempfile.TemporaryDirectory() as folder:
        if not any(prefix.startswith(f"{width}/") or f"{width}/".startswith(prefix) for prefix in options.only):
            continue
        model = build(width, folder)
        for case, kind, rows, tokens in CASES:
            name = f"{width}/{case}/{rows}/{kind}"
            if not any(name.startswith(prefix) for prefix in options.only):
                continue
            mine, other = [], []
            for _ in range(options.turns):
                mine.append(ours(folder, case, kind, rows, tokens))
                other.append(theirs(model, case, kind, rows, tokens))
            clock, cpu = zip(map(max, zip(*mine)), map(max, zip(*other)))
            text = f"{name}: {clock[0]:.0f} against {clock[1]:.0f} tokens/s, ratio {clock[0] / clock[1]:.2f}"
            if options.threads == 1:
                text += f"; a processor second {cpu[0]:.0f} against {cpu[1]:.0f}, ratio {cpu[0] / cpu[1]:.2f}"
            print(text, flush=True)
