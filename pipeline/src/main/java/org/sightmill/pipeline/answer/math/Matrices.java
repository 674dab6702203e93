package org.sightmill.pipeline.answer.math;

import java.util.ArrayList;
import java.util.List;

/** Arithmetic of matrices, down to formulas for each cell. Sizes are small by the node cap. */
final class Matrices {
  private static final int MAX_DETERMINANT = 5;

  private Matrices() {}

  /** Works out sums, products, multiples and transposes that hold matrices. */
  static Expr reduce(Expr expr) {
    if (!expr.contains(Op.MATRIX) || expr.is(Op.MATRIX)) {
      return expr;
    }
    Expr inner = expr.with(expr.args().stream().map(Matrices::reduce).toList());
    return switch (inner.op()) {
      case ADD -> inner.args().stream().reduce(Matrices::add).orElse(inner);
      case MUL -> inner.args().stream().reduce(Matrices::multiply).orElse(inner);
      case NEG ->
          inner.arg(0).is(Op.MATRIX) ? multiply(Expr.number(Rational.of(-1)), inner.arg(0)) : inner;
      case DIV -> multiply(Expr.of(Op.DIV, Expr.ONE, inner.arg(1)), inner.arg(0));
      case FUNCTION -> inner.name().equals("det") ? determinant(inner.arg(0)) : inner;
      case ABS -> inner.arg(0).is(Op.MATRIX) ? determinant(inner.arg(0)) : inner;
      case CALL -> inner.name().equals("transpose") ? transpose(inner.arg(0)) : inner;
      default -> inner;
    };
  }

  static Expr cell(Expr matrix, int row, int column) {
    return matrix.arg(row).arg(column);
  }

  static int rows(Expr matrix) {
    return matrix.args().size();
  }

  static int columns(Expr matrix) {
    return matrix.arg(0).args().size();
  }

  /** A formula for the determinant of a square matrix of at most five rows. */
  static Expr determinant(Expr matrix) {
    if (!matrix.is(Op.MATRIX)
        || rows(matrix) != columns(matrix)
        || rows(matrix) > MAX_DETERMINANT) {
      throw new UndefinedValueException("a determinant of no small square matrix");
    }
    return expand(matrix, 0, new ArrayList<>());
  }

  private static Expr expand(Expr matrix, int row, List<Integer> used) {
    if (row == rows(matrix)) {
      return Expr.ONE;
    }
    List<Expr> terms = new ArrayList<>();
    int sign = 1;
    for (int column = 0; column < columns(matrix); column++) {
      if (used.contains(column)) {
        continue;
      }
      used.add(column);
      Expr term = Expr.of(Op.MUL, cell(matrix, row, column), expand(matrix, row + 1, used));
      used.remove(used.size() - 1);
      terms.add(sign > 0 ? term : Expr.of(Op.NEG, term));
      sign = -sign;
    }
    return Expr.of(Op.ADD, terms);
  }

  private static Expr add(Expr left, Expr right) {
    boolean same =
        left.is(Op.MATRIX)
            && right.is(Op.MATRIX)
            && rows(left) == rows(right)
            && columns(left) == columns(right);
    if (!same) {
      throw new UndefinedValueException("a sum of matrices of different sizes");
    }
    return build(
        rows(left), columns(left), (r, c) -> Expr.of(Op.ADD, cell(left, r, c), cell(right, r, c)));
  }

  private static Expr multiply(Expr left, Expr right) {
    if (left.is(Op.MATRIX) && right.is(Op.MATRIX)) {
      return product(left, right);
    }
    if (!left.is(Op.MATRIX) && !right.is(Op.MATRIX)) {
      return Arithmetic.times(left, right);
    }
    Expr matrix = left.is(Op.MATRIX) ? left : right;
    Expr factor = matrix == left ? right : left;
    return build(
        rows(matrix), columns(matrix), (r, c) -> Expr.of(Op.MUL, factor, cell(matrix, r, c)));
  }

  private static Expr product(Expr left, Expr right) {
    if (columns(left) != rows(right)) {
      throw new UndefinedValueException("a product of matrices that do not fit");
    }
    if ((long) rows(left) * columns(right) * columns(left) > Budget.MAX_NODES) {
      throw new BudgetExceededException("a product of large matrices");
    }
    return build(rows(left), columns(right), (r, c) -> dot(left, right, r, c));
  }

  private static Expr dot(Expr left, Expr right, int row, int column) {
    List<Expr> terms = new ArrayList<>();
    for (int k = 0; k < columns(left); k++) {
      terms.add(Expr.of(Op.MUL, cell(left, row, k), cell(right, k, column)));
    }
    return Expr.of(Op.ADD, terms);
  }

  private static Expr transpose(Expr matrix) {
    return matrix.is(Op.MATRIX)
        ? build(columns(matrix), rows(matrix), (r, c) -> cell(matrix, c, r))
        : matrix;
  }

  private interface Cells {
    Expr at(int row, int column);
  }

  private static Expr build(int rows, int columns, Cells cells) {
    List<Expr> result = new ArrayList<>();
    for (int r = 0; r < rows; r++) {
      List<Expr> row = new ArrayList<>();
      for (int c = 0; c < columns; c++) {
        row.add(cells.at(r, c));
      }
      result.add(Expr.of(Op.LIST, row));
    }
    return Expr.of(Op.MATRIX, result);
  }
}
