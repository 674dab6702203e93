package org.sightmill.pipeline.quality;

import java.io.Serializable;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.apache.spark.ml.linalg.SparseVector;
import org.apache.spark.ml.linalg.Vector;

/** Centres of clusters, on a grid and in a fixed order. Sent to executors. */
record Centres(List<double[]> points, double[] squares) implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Coarser than what another order of sums or another BLAS changes. */
  private static final double GRID = 1e6;

  /** A single cluster that holds everything. */
  static final Centres ONE = of(List.of(new double[0]));

  static Centres rounded(Vector[] centres) {
    return of(
        Arrays.stream(centres)
            .map(Centres::onGrid)
            .sorted(Comparator.comparing(Arrays::toString))
            .toList());
  }

  private static Centres of(List<double[]> points) {
    return new Centres(
        points, points.stream().mapToDouble(p -> Arrays.stream(p).map(x -> x * x).sum()).toArray());
  }

  private static double[] onGrid(Vector centre) {
    return Arrays.stream(centre.toArray()).map(x -> Math.rint(x * GRID) / GRID).toArray();
  }

  /** The index of the nearest centre; the lowest among equals. */
  int nearest(Vector vector) {
    SparseVector sparse = vector.toSparse();
    int best = 0;
    double smallest = Double.POSITIVE_INFINITY;
    for (int i = 0; i < points.size(); i++) {
      // Squared, less the vector's own square, which is the same for every centre.
      double distance = squares[i] - 2 * product(points.get(i), sparse);
      if (distance < smallest) {
        smallest = distance;
        best = i;
      }
    }
    return best;
  }

  private static double product(double[] centre, SparseVector vector) {
    int[] indices = vector.indices();
    double[] values = vector.values();
    double product = 0;
    for (int i = 0; i < indices.length && centre.length > 0; i++) {
      product += centre[indices[i]] * values[i];
    }
    return product;
  }
}
