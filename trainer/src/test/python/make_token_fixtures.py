"""Writes a folder for TokenizerFixturesTest: a small BPE tokenizer.json of Qwen2's form, trained
here by the Python library on generated text, and what that library makes of many strings.

The committed folder:   pip install tokenizers==0.23.3 && python make_token_fixtures.py
The check at large:     python make_token_fixtures.py --strings 10000 --vocabulary 8000 --out DIR
                        mvn -pl trainer test -Dtest=TokenizerFixturesTest -Dtoken.fixtures=DIR
With --corpus DIR the lines of its .py, .md, .txt and .po files are trained on and encoded, too.
With --tokenizer FILE the strings are encoded by that tokenizer.json instead; qwen_tokenizer.py makes Qwen's own.

strings.jsonl:  text; ids, as plain text; control_ids, with added tokens parsed
decodings.jsonl: ids (any, so that UTF-8 breaks); text and skipped, with and without special tokens
classes.json: the number and CRC-32 of all code points that \\p{L}, \\p{N} and \\s match
"""

import argparse
import json
import pathlib
import random
import struct
import zlib

import tokenizers
from tokenizers import AddedToken, Regex, Tokenizer, decoders, models, normalizers
from tokenizers import pre_tokenizers, processors, trainers

PATTERN = (r"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}"
           r"| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+")
SPECIAL = ["<|endoftext|>", "<|im_start|>", "<|im_end|>", "<|vision_start|>", "<|vision_end|>",
           "<|vision_pad|>", "<|image_pad|>", "<|video_pad|>"]
MARKUP = ["<tool_call>", "</tool_call>"]
SCALARS = [c for c in range(0x110000) if not 0xD800 <= c < 0xE000]

WORDS = """the a of is are this that picture shows how many red blue green circle square triangle
left right above below count answer question therefore because first second step let us think look
at chart table value axis number total larger smaller between what which color shape who where I
it's don't we're they've I'm you'll he'd IT'S DON'T We'Re <think> </think> <answer> </answer>
\\frac{1}{2} \\sqrt{x^2+y^2} $12.50 3.14159 100% 2024-11-22 [0.1, 0.25, 0.5, 0.75] (A) (B) (C)
Straße größer Bär über naïve café déjà vu señor año garçon Łódź žluťoučký kůň ığdır
картинка вопрос ответ число сколько красный 图片 问题 答案 有多少 红色 圆形 写真 質問 いくつ あか まる
그림 질문 대답 몇 개 빨간 ভাষা हिन्दी चित्र प्रश्न ภาพ คำถาม العربية صورة سؤال עברית תמונה
ελληνικά ερώτηση 😀 👍🏽 👩‍👩‍👧 🇩🇪 → ≤ ≠ ∑ ½ Ⅷ ２３ def main(): return {"key": null} != &&""".split()

ODD = ["'ſ", "'S", "'LL", "'rE", "''s", "ſ", "K", "\u0130", "e\u0301", "a\u0308\u0323", "\u1100\u1161\u11a8",
       "\u212b", "\uf900", "\ufb01", "\u0344", "\u200b", "\u200d", "\ufeff", "\u00ad", "\u180e",
       "\u0085", "\u2028", "\u2029", "\u3000", "\u00a0", "\u1680", "\x00", "\x1c", "\x1f", "\x7f",
       "\ufffd", "\ufffe", "\U0010ffff", "\U00031350", "\U0001e4d0", "\U00011f50", "\u0e33", "\u0903"]
GAPS = [" ", " ", " ", "  ", "   ", "\n", "\n\n", "\r\n", " \n", "\n ", "\t", "\t\n \n", "", "",
        " \u3000", "\u00a0 ", "\u2028", "\u0085\n", "\r", "      "]
MARKS = list(".,;:!?-'\"()[]{}<>|/\\*&^%$#@~`+=_") + ["...", "?!", "\n\n", "--", "'s", "|>", "<|"]


def sentence(rng, controls):
    out = []
    for _ in range(rng.randint(1, 14)):
        kind = rng.random()
        if kind < 0.62:
            out.append(rng.choice(WORDS))
        elif kind < 0.74:
            out.append(rng.choice(MARKS))
        elif kind < 0.82:
            out.append(str(rng.randint(0, 10**rng.randint(1, 9))))
        elif kind < 0.90:
            out.append(rng.choice(ODD))
        elif kind < 0.93:
            out.append("".join(rng.choice("abcABCéß字 '") for _ in range(rng.randint(1, 30))))
        elif kind < 0.96:
            out.append(rng.choice(controls))
        else:
            out.append(chr(rng.choice(SCALARS)))
        out.append(rng.choice(GAPS))
    return "".join(out)


def corpus_lines(folder):
    """Lines and, for runs of white space across them, blocks of up to eight lines."""
    for file in sorted(folder.rglob("*")) if folder else []:
        if file.suffix in (".py", ".md", ".txt", ".po") and file.is_file():
            lines = file.read_text(encoding="utf-8", errors="replace").splitlines(keepends=True)
            for at in range(0, len(lines), 8):
                yield "".join(lines[at:at + 8]) if at % 16 else lines[at]


def strings(rng, count, controls, lines=()):
    yield from ["", " ", "  ", "\n", " \n ", "\r\n\r\n", "'", "''", "' s", "a" * 400, "ab" * 300,
                " " * 200, " " * 50 + "x", "\n" * 77, "\t \n\t ", "9" * 60, "!" * 120, "é" * 99,
                "<|im_start|>", "<|im_start|>system\n<|im_end|>\n", "<|im_st", "x<tool_call>y"]
    for i in range(count - 22):
        if lines and i % 2:
            yield rng.choice(lines)
        elif i % 20 == 0:
            yield "".join(chr(rng.choice(SCALARS)) for _ in range(rng.randint(1, 25)))
        else:
            yield sentence(rng, controls)


def trained(vocabulary, lines):
    tokenizer = Tokenizer(models.BPE())
    tokenizer.normalizer = normalizers.NFC()
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence([
        pre_tokenizers.Split(Regex(PATTERN), "isolated"),
        pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False)])
    tokenizer.decoder = decoders.ByteLevel()
    tokenizer.post_processor = processors.ByteLevel(trim_offsets=False)
    rng = random.Random(1)
    corpus = [" ".join(rng.choice(WORDS) for _ in range(30)) for _ in range(600)]
    corpus += [sentence(rng, ["\n"]) for _ in range(4000)] + lines
    tokenizer.train_from_iterator(corpus, trainers.BpeTrainer(
        vocab_size=vocabulary, min_frequency=2, show_progress=False,
        initial_alphabet=pre_tokenizers.ByteLevel.alphabet()))
    tokenizer.add_special_tokens([AddedToken(t, special=True, normalized=False) for t in SPECIAL])
    tokenizer.add_tokens([AddedToken(t, special=False, normalized=False) for t in MARKUP])
    tokenizer.add_tokens([AddedToken("cafe\u0301s", special=False, normalized=True)])
    return tokenizer


def without_added(tokenizer):
    description = json.loads(tokenizer.to_str())
    description["added_tokens"] = []
    return Tokenizer.from_str(json.dumps(description))


def write_lines(file, rows):
    with open(file, "w", encoding="ascii") as out:
        for row in rows:
            out.write(json.dumps(row) + "\n")


def decodings(rng, tokenizer, count):
    for _ in range(count):
        low = rng.random() < 0.5
        bound = min(400, tokenizer.get_vocab_size()) if low else tokenizer.get_vocab_size() + 3
        ids = [rng.randrange(bound) for _ in range(rng.randint(1, 24))]
        ids = [i for i in ids if (tokenizer.id_to_token(i) or "").isascii()
               or i not in tokenizer.get_added_tokens_decoder()]  # the library garbles the others
        yield {"ids": ids, "text": tokenizer.decode(ids, skip_special_tokens=False),
               "skipped": tokenizer.decode(ids, skip_special_tokens=True)}


def members(expression):
    """The code points that an expression matches, asked of the library itself."""
    split = pre_tokenizers.Split(Regex(expression), "removed")
    found = []
    for at in range(0, len(SCALARS), 4096):
        chunk = SCALARS[at:at + 4096]
        rest = set()
        for _, (begin, end) in split.pre_tokenize_str("".join(map(chr, chunk))):
            rest.update(chunk[begin:end])
        found += [c for c in chunk if c not in rest]
    packed = b"".join(struct.pack(">I", c) for c in found)
    return {"count": len(found), "crc": zlib.crc32(packed)}


def check_byte_tokenizer(rng):
    """Loads the file that Java's ByteTokenizer writes (kept here, compared by a Java test)."""
    file = pathlib.Path(__file__).parent.parent / "resources/token/byte-tokenizer.json"
    tokenizer = Tokenizer.from_file(str(file))
    for text in strings(rng, 500, ["x"]):
        composed = normalizers.NFC().normalize_str(text)
        if "<|" not in text:
            assert tokenizer.encode(text).ids == list(composed.encode()), text
            assert tokenizer.decode(tokenizer.encode(text).ids) == composed, text
    assert tokenizer.encode("a<|im_start|><|video_pad|>").ids == [97, 257, 269]
    assert tokenizer.get_vocab_size() == 270


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--strings", type=int, default=400)
    parser.add_argument("--vocabulary", type=int, default=700)
    parser.add_argument("--seed", type=int, default=20261122)
    parser.add_argument("--corpus", type=pathlib.Path)
    parser.add_argument("--tokenizer")
    parser.add_argument("--out", default=pathlib.Path(__file__).parent.parent / "resources/token",
                        type=pathlib.Path)
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)

    lines = list(corpus_lines(options.corpus))
    tokenizer = (Tokenizer.from_file(options.tokenizer) if options.tokenizer
                 else trained(options.vocabulary, lines))
    tokenizer.save(str(options.out / "tokenizer.json"), pretty=False)
    plain = without_added(tokenizer)
    rng = random.Random(options.seed)
    controls = SPECIAL + MARKUP + ["cafés", "cafe\u0301s"]
    write_lines(options.out / "strings.jsonl", (
        {"text": text, "ids": plain.encode(text).ids, "control_ids": tokenizer.encode(text).ids}
        for text in strings(rng, options.strings, controls, lines)))
    write_lines(options.out / "decodings.jsonl", decodings(rng, tokenizer, options.strings // 2))
    (options.out / "classes.json").write_text(json.dumps(
        {"letter": members(r"\p{L}"), "number": members(r"\p{N}"), "space": members(r"\s")}))
    check_byte_tokenizer(rng)
    print("tokenizers", tokenizers.__version__, "ids", tokenizer.get_vocab_size(), "->", options.out)


if __name__ == "__main__":
    main()
