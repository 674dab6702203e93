package org.sightmill.pipeline.answer.math;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Recursive descent over answers: lists of statements, statements of relations between unions of
 * sums. Throws {@link SyntaxException} for what is no formula.
 */
final class Parser {
  private static final Set<String> RELATIONS = Set.of("=", "<", ">", "<=", ">=", "!=", "~=", "in");
  private static final Set<String> SET_OPERATORS = Set.of("cup", "cap", "setminus");

  private final Cursor cursor;
  private final Arithmetic arithmetic;

  private Parser(Cursor cursor) {
    this.cursor = cursor;
    this.arithmetic = new Arithmetic(cursor, this);
  }

  /** Parses a whole text in cleaned notation. */
  static Expr parse(String cleaned, Lexer.Commas commas) {
    List<Token> tokens = new ArrayList<>(Lexer.tokens(cleaned, commas));
    trimPunctuation(tokens);
    if (tokens.isEmpty()) {
      throw new SyntaxException("nothing to read");
    }
    if (tokens.stream().noneMatch(token -> token.isOp("||"))) {
      return whole(tokens);
    }
    List<Token> single = singleBars(tokens);
    try {
      return whole(tokens);
    } catch (SyntaxException doubleBars) {
      // Two bars in a row also end or begin two absolute values, one inside the other.
      return whole(single);
    }
  }

  private static List<Token> singleBars(List<Token> tokens) {
    List<Token> single = new ArrayList<>();
    Token bar = new Token(Token.Kind.OP, "|", false);
    for (Token token : tokens) {
      single.addAll(token.isOp("||") ? List.of(bar, bar) : List.of(token));
    }
    return single;
  }

  private static Expr whole(List<Token> tokens) {
    Parser parser = new Parser(new Cursor(tokens));
    Expr result = parser.statements();
    if (!parser.cursor.atEnd()) {
      throw new SyntaxException("unexpected '%s'".formatted(parser.cursor.peek().text()));
    }
    return result;
  }

  private static void trimPunctuation(List<Token> tokens) {
    while (!tokens.isEmpty() && isPunctuation(tokens.get(tokens.size() - 1))) {
      tokens.remove(tokens.size() - 1);
    }
    while (!tokens.isEmpty() && isPunctuation(tokens.get(0))) {
      tokens.remove(0);
    }
  }

  private static boolean isPunctuation(Token token) {
    return token.isOp(".") || token.isOp(",") || token.isOp(";") || token.isOp("\\\\");
  }

  /** Statements joined by separators: LIST when by commas, ANY when by words, or one alone. */
  Expr statements() {
    cursor.enter();
    List<Expr> parts = new ArrayList<>();
    parts.add(statement());
    boolean commas = false;
    boolean or = false;
    while (separates()) {
      or |= cursor.peek().isOp("or");
      commas |= !skipSeparators();
      parts.add(statement());
    }
    cursor.leave();
    if (parts.size() == 1) {
      return parts.get(0);
    }
    return commas ? Expr.of(Op.LIST, parts) : Expr.named(Op.ANY, or ? "or" : "and", parts);
  }

  private boolean separates() {
    Token token = cursor.peek();
    return token.isOp(",") || token.isOp(";") || token.isOp("and") || token.isOp("or");
  }

  private boolean skipSeparators() {
    boolean comma = false;
    while (separates()) {
      Token token = cursor.next();
      comma |= token.isOp(",") || token.isOp(";");
    }
    return !comma;
  }

  /** One value, or a chain of relations. */
  Expr statement() {
    cursor.enter();
    Expr left = union();
    List<Expr> relations = new ArrayList<>();
    while (cursor.peek().kind() == Token.Kind.OP && isRelation()) {
      String sign = relation();
      Expr right = union();
      if (sign.equals("~=")) {
        // An approximation repeats what was said before it, less exactly.
        boolean values = Shapes.isConstant(left) && Shapes.isConstant(right);
        if (relations.isEmpty() && !values) {
          relations.add(Expr.named(Op.RELATION, "=", left, right));
        }
        skipChain();
        break;
      }
      relations.add(Expr.named(Op.RELATION, sign, left, right));
      left = right;
    }
    cursor.leave();
    return switch (relations.size()) {
      case 0 -> left;
      case 1 -> relations.get(0);
      default -> Expr.of(Op.ALL, relations);
    };
  }

  private void skipChain() {
    while (isRelation()) {
      relation();
      union();
    }
  }

  private boolean isRelation() {
    Token token = cursor.peek();
    return token.kind() == Token.Kind.OP
        && (RELATIONS.contains(token.text())
            || (token.text().equals("!") && cursor.peek(1).isOp("=")));
  }

  private String relation() {
    if (cursor.accept("!")) {
      cursor.expect("=");
      return "!=";
    }
    return cursor.next().text();
  }

  private Expr union() {
    Expr left = arithmetic.sum();
    while (cursor.peek().kind() == Token.Kind.OP && SET_OPERATORS.contains(cursor.peek().text())) {
      Op op =
          switch (cursor.next().text()) {
            case "cup" -> Op.UNION;
            case "cap" -> Op.INTERSECTION;
            default -> Op.DIFFERENCE;
          };
      cursor.chain();
      left = Expr.of(op, left, arithmetic.sum());
    }
    return left;
  }
}
