"""Writes src/test/resources/image: small pictures with the RGB that Pillow makes of them, and
checksums of Pillow's bicubic resampling.

Run once, by hand:  pip install pillow==12.3.0 numpy && python make_image_fixtures.py
A file NAME.EXT stands beside NAME.EXT.u8 (height x width x 3; upright, flattened on white), listed
with its size in pictures.txt. bicubic.txt: seed, height, width, new height, new width, CRC-32.
"""

import io
import pathlib
import struct
import zlib

import numpy as np
from PIL import Image, ImageCms, ImageOps

OUT = pathlib.Path(__file__).parent.parent / "resources" / "image"
HEIGHT, WIDTH = 17, 26


def noise(seed, count):
    """The same bytes as the Java test: a 64 bit linear congruential generator's top byte."""
    state, out = seed, bytearray()
    for _ in range(count):
        state = (state * 6364136223846793005 + 1442695040888963407) % 2**64
        out.append(state >> 56)
    return bytes(out)


def upright_rgb(image):
    image = ImageOps.exif_transpose(image)
    if image.mode in ("RGBA", "LA") or "transparency" in image.info:
        image = image.convert("RGBA")
        flat = Image.new("RGB", image.size, (255, 255, 255))
        flat.paste(image, mask=image.split()[3])
        return flat
    if image.mode.startswith("I;16"):
        return Image.fromarray((np.array(image) >> 8).astype(np.uint8)).convert("RGB")
    return image.convert("RGB")


def png(bit_depth, color_type, rows, extra=()):
    def chunk(name, data):
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    header = struct.pack(">IIBBBBB", WIDTH, HEIGHT, bit_depth, color_type, 0, 0, 0)
    body = zlib.compress(b"".join(b"\0" + row for row in rows))
    middle = b"".join(chunk(name, data) for name, data in extra)
    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + middle
            + chunk(b"IDAT", body) + chunk(b"IEND", b""))


def odd_profile():
    """An sRGB profile with red and green primaries exchanged: applied, it would be seen."""
    profile = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    tags = struct.unpack(">I", profile[128:132])[0]
    at = {bytes(profile[132 + 12 * i:136 + 12 * i]): 132 + 12 * i for i in range(tags)}
    red, green = at[b"rXYZ"], at[b"gXYZ"]
    profile[red:red + 4], profile[green:green + 4] = profile[green:green + 4], profile[red:red + 4]
    return bytes(profile)


def pictures():
    y, x = np.mgrid[0:HEIGHT, 0:WIDTH]
    base = np.stack([(x * 9) % 256, (y * 14) % 256, (x * 5 + y * 8) % 256], -1).astype(np.uint8)
    alpha = ((x * 11 + y) % 256).astype(np.uint8)
    rgb = Image.fromarray(base)
    rgba = Image.fromarray(np.dstack([base, alpha]))
    deep = (base.astype(np.uint16) * 257 - (base > 9) * 100).astype(np.uint16)

    def saved(image, fmt, **options):
        buffer = io.BytesIO()
        image.save(buffer, fmt, **options)
        return buffer.getvalue()

    yield "rgb.png", saved(rgb, "PNG")
    yield "rgb.bmp", saved(rgb, "BMP")
    yield "rgb.tif", saved(rgb, "TIFF")
    yield "lzw.tif", saved(rgb, "TIFF", compression="tiff_lzw")
    yield "rgb.jpg", saved(rgb, "JPEG", quality=92)
    yield "progressive.jpg", saved(rgb, "JPEG", quality=85, progressive=True)
    yield "full-chroma.jpg", saved(rgb, "JPEG", quality=95, subsampling=0)
    yield "cmyk.jpg", saved(rgb.convert("CMYK"), "JPEG", quality=95)
    yield "cmyk.tif", saved(rgb.convert("CMYK"), "TIFF")
    yield "grey.jpg", saved(rgb.convert("L"), "JPEG", quality=95)
    yield "grey.png", saved(rgb.convert("L"), "PNG")
    yield "grey16.png", saved(Image.fromarray(deep[..., 2]), "PNG")
    yield "grey16.tif", saved(Image.fromarray(deep[..., 2]), "TIFF")
    yield "bilevel.png", saved(rgb.convert("1"), "PNG")
    yield "palette.png", saved(rgb.convert("P"), "PNG")
    yield "palette4.png", saved(rgb.quantize(4), "PNG", bits=2)
    yield "palette-transparent.png", saved(rgb.quantize(7), "PNG", transparency=3)
    yield "palette.gif", saved(rgb.convert("P"), "GIF")
    yield "rgba.png", saved(rgba, "PNG")
    yield "rgba.tif", saved(rgba, "TIFF")
    yield "grey-alpha.png", saved(rgba.convert("LA"), "PNG")
    yield "rgb16.png", png(16, 2, [row.astype(">u2").tobytes() for row in deep])
    transparent = struct.pack(">HHH", *map(int, base[3, 4]))
    yield "color-key.png", png(8, 2, [row.tobytes() for row in base], [(b"tRNS", transparent)])
    linear = [(b"gAMA", struct.pack(">I", 100000))]
    yield "gamma.png", png(8, 2, [row.tobytes() for row in base], linear)
    yield "profile.jpg", saved(rgb, "JPEG", quality=95, subsampling=0, icc_profile=odd_profile())
    yield "profile.png", saved(rgb, "PNG", icc_profile=odd_profile())
    for orientation in range(1, 9):
        exif = Image.Exif()
        exif[0x0112] = orientation
        yield f"exif{orientation}.png", saved(rgb, "PNG", exif=exif)
    exif = Image.Exif()
    exif[0x0112] = 6
    yield "exif6.jpg", saved(rgb, "JPEG", quality=95, subsampling=0, exif=exif)
    yield "exif8.tif", saved(rgb, "TIFF", tiffinfo={0x0112: 8})


def bicubic_cases():
    generator = np.random.RandomState(20261122)
    sides = [1, 2, 3, 7, 28, 31, 56, 75, 112, 133, 400]  # 400 x 3: above Pillow's strip ratio
    for seed in range(1, 241):
        height, width, new_height, new_width = (int(v) for v in generator.choice(sides, 4))
        image = Image.frombytes("RGB", (width, height), noise(seed, height * width * 3))
        resized = image.resize((new_width, new_height), Image.BICUBIC)
        yield f"{seed} {height} {width} {new_height} {new_width} {zlib.crc32(resized.tobytes())}"


def main():
    OUT.mkdir(parents=True, exist_ok=True)
    lines = []
    for name, data in pictures():
        image = upright_rgb(Image.open(io.BytesIO(data)))
        (OUT / name).write_bytes(data)
        (OUT / f"{name}.u8").write_bytes(image.tobytes())
        lines.append(f"{name} {image.height} {image.width}")
    (OUT / "pictures.txt").write_text("\n".join(lines) + "\n")
    (OUT / "bicubic.txt").write_text("\n".join(bicubic_cases()) + "\n")


if __name__ == "__main__":
    main()
