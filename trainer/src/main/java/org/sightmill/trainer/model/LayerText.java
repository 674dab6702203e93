package org.sightmill.trainer.model;

import org.sightmill.trainer.engine.AutogradText;

/**
 * TorchScript that vision tower and decoder share. Needs the placeholders {@code epsilon}, {@code
 * compute} (the type of matrix products) and {@code half} (half a head's width).
 */
final class LayerText {
  static final String METHODS =
      AutogradText.METHODS
          + """
        def norm(self: Self, x: Tensor, weight: Tensor) -> Tensor:
          # x / sqrt(mean(x^2) + eps), statistics in 32 bits
          scale = torch.rsqrt(torch.mean(x * x, [-1], True) + {epsilon})
          return torch.to(x * scale, {compute}) * weight

        def rotate(self: Self, x: Tensor, cos: Tensor, sin: Tensor) -> Tensor:
          # x [.., N, D], the angle's cosine and sine [.., 1, D/2]: pairs are half a head apart
          a, b = torch.split_with_sizes(x, [{half}, {half}], -1)
          first = torch.addcmul(a * cos, b, sin, value=-1)
          second = torch.addcmul(b * cos, a, sin)
          return torch.to(torch.cat([first, second], -1), {compute})

      """;

  private LayerText() {}
}
