"""Makes tokenizer.json of Qwen's own vocabulary, for make_token_fixtures.py --tokenizer.

    pip download --no-deps dashscope && unzip dashscope-*.whl dashscope/resources/qwen.tiktoken
    python qwen_tokenizer.py dashscope/resources/qwen.tiktoken tokenizer.json

The file of ranks has the 151,643 tokens that Qwen and Qwen2 share; Qwen2's control tokens follow. A token's merge is the
pair of parts that the merges before it leave of its bytes.
"""

import base64
import json
import sys

from make_token_fixtures import PATTERN

CONTROL = ["<|endoftext|>", "<|im_start|>", "<|im_end|>", "<|object_ref_start|>", "<|object_ref_end|>", "<|box_start|>",
           "<|box_end|>", "<|quad_start|>", "<|quad_end|>", "<|vision_start|>", "<|vision_end|>", "<|vision_pad|>",
           "<|image_pad|>", "<|video_pad|>"]


def alphabet():
    """GPT-2's printable character for each byte."""
    shown = [*range(33, 127), *range(161, 173), *range(174, 256)]
    hidden = [b for b in range(256) if b not in shown]
    return {b: chr(b) for b in shown} | {b: chr(256 + i) for i, b in enumerate(hidden)}


def parts(ranks, token):
    """What is left of a token's bytes when only merges of a lower rank are made."""
    pieces = [token[i:i + 1] for i in range(len(token))]
    while True:
        pairs = [(ranks.get(pieces[i] + pieces[i + 1], len(ranks)), i) for i in range(len(pieces) - 1)]
        rank, at = min(pairs)
        if rank >= ranks[token]:
            return pieces
        pieces[at:at + 2] = [pieces[at] + pieces[at + 1]]


def main():
    ranks = {}
    for line in open(sys.argv[1], "rb"):
        token, rank = line.split()
        ranks[base64.b64decode(token)] = int(rank)
    letters = alphabet()
    text = {token: "".join(letters[b] for b in token) for token in ranks}
    merges = [[text[p] for p in parts(ranks, token)] for token in ranks if len(token) > 1]
    assert all(len(merge) == 2 for merge in merges)
    level = {"type": "ByteLevel", "add_prefix_space": False, "trim_offsets": False, "use_regex": False}
    split = {"type": "Split", "pattern": {"Regex": PATTERN}, "behavior": "Isolated", "invert": False}
    added = [{"id": len(ranks) + i, "content": token, "single_word": False, "lstrip": False, "rstrip": False,
              "normalized": False, "special": True} for i, token in enumerate(CONTROL)]
    model = {"type": "BPE", "dropout": None, "unk_token": None, "continuing_subword_prefix": "", "end_of_word_suffix": "",
             "fuse_unk": False, "byte_fallback": False, "vocab": {text[t]: r for t, r in ranks.items()}, "merges": merges}
    root = {"version": "1.0", "truncation": None, "padding": None, "added_tokens": added, "normalizer": {"type": "NFC"},
            "pre_tokenizer": {"type": "Sequence", "pretokenizers": [split, level]}, "post_processor": level,
            "decoder": level, "model": model}
    json.dump(root, open(sys.argv[2], "w"))
    print(len(ranks), "tokens,", len(merges), "merges")


if __name__ == "__main__":
    main()
