package org.sightmill.pipeline.answer.math;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Units of measure: what they measure and how large they are. */
final class Units {
  /**
   * A unit.
   *
   * @param dimension a product of base dimensions such as {@code L2T-1}; two units convert when
   *     these are the same
   * @param factor the size in base units
   */
  record Unit(String dimension, Rational factor) {}

  private static final Map<String, Unit> KNOWN = new HashMap<>();

  static {
    add("L", "1/1000", "mm", "millimeter", "millimetre");
    add("L", "1/100", "cm", "centimeter", "centimetre");
    add("L", "1/10", "dm", "decimeter", "decimetre");
    add("L", "1", "m", "meter", "metre");
    add("L", "1000", "km", "kilometer", "kilometre");
    add("L", "1/1000000000", "nm", "nanometer", "nanometre");
    add("L", "127/5000", "in", "inch", "inches");
    add("L", "381/1250", "ft", "foot", "feet");
    add("L", "1143/1250", "yd", "yard");
    add("L", "201168/125", "mi", "mile");
    add("M", "1/1000000", "mg", "milligram");
    add("M", "1/1000", "g", "gram", "gramme");
    add("M", "1", "kg", "kilogram", "kilogramme");
    add("M", "1000", "tonne", "ton");
    add("M", "45359237/100000000", "lb", "lbs", "pound");
    add("M", "45359237/1600000000", "oz", "ounce");
    add("T", "1/1000", "ms", "millisecond");
    add("T", "1", "s", "sec", "second");
    add("T", "60", "min", "minute", "mins");
    add("T", "3600", "h", "hr", "hour", "hrs");
    add("T", "86400", "day");
    add("T", "604800", "week");
    add("Y", "1/12", "month");
    add("Y", "1", "year", "yr", "yrs");
    add("L3", "1/1000000", "ml", "mL", "milliliter", "millilitre", "cc");
    add("L3", "1/1000", "L", "l", "liter", "litre");
    add("$", "1", "dollar", "usd", "USD");
    add("$", "1/100", "cent", "cents");
    add("yuan", "1", "yuan", "rmb", "RMB");
    add("euro", "1", "euro", "eur", "EUR");
    add("yen", "1", "yen", "jpy", "JPY");
    add("rupee", "1", "rupee", "inr", "INR");
    add("F", "1", "N", "newton");
    add("F", "1000", "kN");
    add("E", "1", "J", "joule");
    add("E", "1000", "kJ", "kilojoule");
    add("P", "1", "W", "watt");
    add("P", "1000", "kW", "kilowatt");
    add("U", "1", "V", "volt");
    add("I", "1", "A", "ampere", "amp");
    add("I", "1/1000", "mA");
    add("R", "1", "ohm", "Omega");
    add("f", "1", "Hz", "hertz");
    add("f", "1000", "kHz");
    add("f", "1000000", "MHz");
    add("p", "1", "Pa", "pascal");
    add("p", "1000", "kPa");
    add("mol", "1", "mol", "mole");
    add("K", "1", "K", "kelvin");
    add("LT-1", "1397/3125", "mph");
    add("LT-1", "5/18", "kmh", "kph");
    add("a", "1", "rad", "radian");
  }

  private Units() {}

  private static void add(String dimension, String factor, String... names) {
    String[] parts = factor.split("/", 2);
    Rational size = Rational.parse(parts[0]);
    if (parts.length == 2) {
      size = size.dividedBy(Rational.parse(parts[1]));
    }
    for (String name : names) {
      KNOWN.put(name, new Unit(dimension, size));
    }
  }

  /**
   * The unit with this name, singular or plural, ignoring case for names longer than two letters.
   */
  static Optional<Unit> find(String name) {
    Unit exact = KNOWN.get(name);
    if (exact != null || name.length() <= 2) {
      return Optional.ofNullable(exact);
    }
    String lower = name.toLowerCase(Locale.ROOT);
    Unit found = KNOWN.get(lower);
    return found == null && lower.endsWith("s")
        ? Optional.ofNullable(KNOWN.get(lower.substring(0, lower.length() - 1)))
        : Optional.ofNullable(found);
  }

  /** Whether a run of letters right behind a number is surely a unit: two letters or more. */
  static boolean isUnit(String name) {
    return name.length() > 1 && find(name).isPresent();
  }

  /**
   * Reads a unit written as a product of powers, as the parser spells it: {@code cm^2}, {@code
   * m/s}, {@code kg m s^-2}, {@code square cm}.
   */
  static Optional<Unit> parse(String text) {
    String dimension = "";
    Rational factor = Rational.ONE;
    int sign = 1;
    int pendingPower = 1;
    Map<String, Integer> powers = new java.util.TreeMap<>();
    for (String part : text.replace("/", " / ").trim().split("[ *]+")) {
      switch (part) {
        case "/", "per" -> sign = -1;
        case "square", "sq" -> pendingPower = 2;
        case "cubic", "cu" -> pendingPower = 3;
        default -> {
          int caret = part.indexOf('^');
          Optional<Unit> unit = find(caret < 0 ? part : part.substring(0, caret));
          if (unit.isEmpty()) {
            return Optional.empty();
          }
          int power = sign * (caret < 0 ? pendingPower : exponent(part.substring(caret + 1)));
          if (power == 0) {
            return Optional.empty();
          }
          if (caret > 0 && power < 0 && part.startsWith("ms^")) {
            // 5 ms^-1 is a speed in every textbook, not something for each millisecond.
            merge(powers, "L", 1);
            merge(powers, "T", power);
            continue;
          }
          factor = factor.times(unit.get().factor().pow(power));
          merge(powers, unit.get().dimension(), power);
          pendingPower = 1;
        }
      }
    }
    for (Map.Entry<String, Integer> entry : powers.entrySet()) {
      dimension += entry.getValue() == 0 ? "" : entry.getKey() + entry.getValue();
    }
    return Optional.of(new Unit(dimension, factor));
  }

  private static void merge(Map<String, Integer> powers, String dimension, int power) {
    switch (dimension) {
      case "L3" -> powers.merge("L", 3 * power, Integer::sum);
      case "LT-1" -> {
        powers.merge("L", power, Integer::sum);
        powers.merge("T", -power, Integer::sum);
      }
      default -> powers.merge(dimension, power, Integer::sum);
    }
  }

  /** The exponent, or 0 for what is none. */
  private static int exponent(String text) {
    String bare =
        text.startsWith("{") && text.endsWith("}") ? text.substring(1, text.length() - 1) : text;
    return bare.matches("-?[1-9]") ? Integer.parseInt(bare) : 0;
  }
}
