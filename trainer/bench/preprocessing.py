"""What Python takes for the work of TokenizerBenchmark and ImagePreprocessorBenchmark: CPU time of
one thread, best of several runs, as JSON lines with the libraries' versions.

    pip install tokenizers==0.23.3 pillow==12.3.0 numpy
    python src/test/python/make_token_fixtures.py --strings 10000 --vocabulary 8000 --out DIR
    python bench/preprocessing.py DIR
    and beside it the two benchmarks (mvn -Pjmh test-compile) with -Dtoken.fixtures=DIR
"""

import json
import os
import pathlib
import sys
import time

os.environ.update(RAYON_NUM_THREADS="1", TOKENIZERS_PARALLELISM="false", OMP_NUM_THREADS="1")

import numpy as np
import PIL
import tokenizers
from PIL import Image

MEAN = np.array([0.48145466, 0.4578275, 0.40821073], np.float32)
DEVIATION = np.array([0.26862954, 0.26130258, 0.27577711], np.float32)


def report(name, work, runs=10):
    best = float("inf")
    for _ in range(runs):
        start = time.process_time()
        work()
        best = min(best, time.process_time() - start)
    print(json.dumps({"work": name, "cpu_ms": round(best * 1000, 2)}))


def pixel_values(image, height, width):
    """The reference's steps in numpy: scale, normalise, two frames, patches in merge order."""
    pixels = np.array(image.resize((width, height), Image.BICUBIC))
    scaled = (pixels.astype(np.float64) * (1 / 255)).astype(np.float32)
    frames = np.tile(((scaled - MEAN) / DEVIATION).transpose(2, 0, 1)[None], (2, 1, 1, 1))
    rows, columns = height // 14, width // 14
    tiles = frames.reshape(1, 2, 3, rows // 2, 2, 14, columns // 2, 2, 14)
    return tiles.transpose(0, 3, 6, 4, 7, 2, 1, 5, 8).reshape(rows * columns, -1).copy()


def main():
    folder = pathlib.Path(sys.argv[1])
    print(json.dumps({"tokenizers": tokenizers.__version__, "pillow": PIL.__version__,
                      "numpy": np.__version__}))
    tokenizer = tokenizers.Tokenizer.from_file(str(folder / "tokenizer.json"))
    lines = (folder / "strings.jsonl").read_text().splitlines()
    text = "\n".join(json.loads(line)["text"] for line in lines) + "\n"
    ids = tokenizer.encode(text).ids
    report("encode", lambda: tokenizer.encode(text).ids)
    report("decode", lambda: tokenizer.decode(ids, skip_special_tokens=False))
    sizes = [(480, 640, 476, 644), (1080, 1920, 448, 840), (3000, 4000, 532, 728)]
    for height, width, new_height, new_width in sizes:
        noise = np.random.RandomState(0).randint(0, 256, (height, width, 3), np.uint8)
        image = Image.fromarray(noise)
        report(f"prepare {height}x{width}", lambda: pixel_values(image, new_height, new_width))


if __name__ == "__main__":
    main()
