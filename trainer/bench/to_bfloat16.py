"""Rounds the 32-bit weights of a safetensors file to bfloat16, to the nearest, ties to even: half the bytes.

    python3 trainer/bench/to_bfloat16.py MODEL/model.safetensors OUT.safetensors

Needs nothing but Python. A weight that is not finite stops it.
"""

import array
import json
import math
import struct
import sys


def rounded(raw: bytes) -> bytes:
    values = array.array("I")
    values.frombytes(raw)
    halves = array.array("H")
    for bits in values:
        if not math.isfinite(struct.unpack("<f", struct.pack("<I", bits))[0]):
            raise SystemExit("a weight is not finite")
        halves.append((bits + 0x7FFF + ((bits >> 16) & 1)) >> 16)
    return halves.tobytes()


def main(source: str, target: str) -> None:
    if sys.byteorder != "little":
        raise SystemExit("safetensors are little-endian: run this on such a machine")
    with open(source, "rb") as file:
        header = json.loads(file.read(struct.unpack("<Q", file.read(8))[0]))
        body = file.read()
    parts, at = [], 0
    for name, entry in header.items():
        if name == "__metadata__":
            continue
        if entry["dtype"] != "F32":
            raise SystemExit(f"{name} is {entry['dtype']}, not F32")
        start, end = entry["data_offsets"]
        parts.append(rounded(body[start:end]))
        entry.update(dtype="BF16", data_offsets=[at, at + len(parts[-1])])
        at += len(parts[-1])
    text = json.dumps(header, separators=(",", ":")).encode()
    text += b" " * (-len(text) % 8)
    with open(target, "wb") as file:
        file.write(struct.pack("<Q", len(text)) + text)
        file.writelines(parts)


if __name__ == "__main__":
    if len(sys.argv) != 3:
        raise SystemExit(__doc__)
    main(*sys.argv[1:])
