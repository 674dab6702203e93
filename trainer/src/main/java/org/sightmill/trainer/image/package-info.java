/**
 * Pictures to pixel values, as Qwen2.5-VL's slow (Pillow) image processor makes them: decoding,
 * {@code smart_resize}, bicubic resampling on bytes, normalisation, patch order. Start at {@link
 * org.sightmill.trainer.image.ImagePreprocessor}.
 *
 * <p>From a decoded picture on, every value equals the reference bit for bit. Decoding is
 * ImageIO's: lossless formats give the same bytes as Pillow, JPEG may differ by a few levels,
 * because the two bring different inverse transforms. The torchvision ("fast") processor of the
 * reference rounds its resampling otherwise and is not what is matched here.
 *
 * <p>A bad picture is an {@link org.sightmill.trainer.image.ImageResult.Unusable} with a fault to
 * count, never an exception. Plain JDK and Jackson; results are float and long arrays.
 */
package org.sightmill.trainer.image;
