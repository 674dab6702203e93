package org.sightmill.pipeline.collect.map;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A part of a template. Filling it gives nothing when a value without a fallback is absent. */
sealed interface Piece {

  /** The text of this part. */
  Optional<String> fill(Scope scope);

  /** Text as it stands. */
  record Literal(String text) implements Piece {
    @Override
    public Optional<String> fill(Scope scope) {
      return Optional.of(text);
    }
  }

  /** {@code {a.b|c|"text"}}: the first path with a value, else the fallback if there is one. */
  record Value(List<JsonPath> paths, Optional<String> fallback) implements Piece {
    @Override
    public Optional<String> fill(Scope scope) {
      return paths.stream()
          .map(scope::find)
          .map(Values::text)
          .flatMap(Optional::stream)
          .findFirst()
          .or(() -> fallback);
    }
  }

  /** {@code {fractions(box, width, height)}}: x divided by width, y by height, four decimals. */
  record Fractions(JsonPath box, JsonPath width, JsonPath height) implements Piece {
    private static final int DECIMALS = 4;

    @Override
    public Optional<String> fill(Scope scope) {
      JsonNode numbers = scope.find(box);
      BigDecimal[] sizes = {
        scope.find(width).decimalValue(), scope.find(height).decimalValue(),
      };
      if (!numbers.isArray() || sizes[0].signum() <= 0 || sizes[1].signum() <= 0) {
        return Optional.empty();
      }
      List<String> fractions = new ArrayList<>();
      for (int i = 0; i < numbers.size(); i++) {
        fractions.add(fraction(numbers.get(i).decimalValue(), sizes[i % 2]));
      }
      return Optional.of("[" + String.join(", ", fractions) + "]");
    }

    private static String fraction(BigDecimal value, BigDecimal size) {
      BigDecimal fraction =
          value
              .divide(size, MathContext.DECIMAL64)
              .setScale(DECIMALS, RoundingMode.HALF_EVEN)
              .stripTrailingZeros();
      return fraction.toPlainString();
    }
  }

  /** {@code {if path = "text"}...{end}}: the body, or nothing but an empty text. */
  record Condition(Test test, Piece body) implements Piece {
    @Override
    public Optional<String> fill(Scope scope) {
      return test.holds(scope) ? body.fill(scope) : Optional.of("");
    }
  }

  /**
   * {@code {for key, item in path where test join ", "}...{end}} over an array (key counts from 1)
   * or an object.
   */
  record Loop(
      Optional<String> key,
      String item,
      JsonPath over,
      Optional<Test> where,
      String join,
      Piece body)
      implements Piece {
    @Override
    public Optional<String> fill(Scope scope) {
      List<String> filled = new ArrayList<>();
      for (Scope inner : scopes(scope)) {
        if (where.isEmpty() || where.get().holds(inner)) {
          Optional<String> text = body.fill(inner);
          if (text.isEmpty()) {
            return Optional.empty();
          }
          filled.add(text.get());
        }
      }
      return Optional.of(String.join(join, filled));
    }

    private List<Scope> scopes(Scope scope) {
      JsonNode values = scope.find(over);
      List<Scope> scopes = new ArrayList<>();
      if (values.isObject()) {
        for (Map.Entry<String, JsonNode> entry : values.properties()) {
          scopes.add(scope(scope, new TextNode(entry.getKey()), entry.getValue()));
        }
      } else {
        values.forEach(value -> scopes.add(scope(scope, new IntNode(scopes.size() + 1), value)));
      }
      return scopes;
    }

    private Scope scope(Scope outer, JsonNode keyValue, JsonNode itemValue) {
      Scope withItem = outer.with(item, itemValue);
      return key.isEmpty() ? withItem : withItem.with(key.get(), keyValue);
    }
  }

  /** Parts one after the other. */
  record Sequence(List<Piece> pieces) implements Piece {
    @Override
    public Optional<String> fill(Scope scope) {
      StringBuilder text = new StringBuilder();
      for (Piece piece : pieces) {
        Optional<String> part = piece.fill(scope);
        if (part.isEmpty()) {
          return Optional.empty();
        }
        text.append(part.get());
      }
      return Optional.of(text.toString());
    }
  }

  /** {@code path}, {@code path = "text"} or {@code path != "text"}. */
  record Test(JsonPath path, Relation relation, String text) {
    enum Relation {
      PRESENT,
      EQUAL,
      DIFFERENT
    }

    boolean holds(Scope scope) {
      Optional<String> value = Values.text(scope.find(path));
      return switch (relation) {
        case PRESENT -> value.isPresent();
        case EQUAL -> value.isPresent() && value.get().equals(text);
        case DIFFERENT -> value.isEmpty() || !value.get().equals(text);
      };
    }
  }
}
