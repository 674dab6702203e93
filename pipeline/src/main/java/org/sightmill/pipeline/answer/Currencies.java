package org.sightmill.pipeline.answer;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Which currency an amount is in. */
enum Currencies {
  DOLLAR("\\\\\\$|us\\$|\\b(?:us )?dollars?\\b|\\busd\\b"),
  EURO("€|\\beuros?\\b|\\beur\\b|\\\\euro\\b"),
  POUND("£|\\bpounds?\\b|\\bgbp\\b|\\\\pounds\\b"),
  YUAN("\\byuan\\b|\\brmb\\b|\\bcny\\b|元"),
  YEN("\\byen\\b|\\bjpy\\b"),
  RUPEE("₹|\\brupees?\\b|\\binr\\b"),
  WON("₩|\\bkrw\\b"),
  FRANC("\\bfrancs?\\b|\\bchf\\b"),
  RUBLE("₽|\\br(?:o)?ubles?\\b");

  private static final Pattern BARE_DOLLAR = Pattern.compile("(?<!\\\\)\\$\\s*-?[\\d.]");

  private static final Pattern CENTS = Pattern.compile("(?i)\\bcents?\\b|¢");

  private final Pattern mark;

  Currencies(String mark) {
    this.mark = Pattern.compile(mark);
  }

  /** Whether each text is about one currency, and not the same one. */
  static boolean differ(String gold, String answer) {
    Set<Currencies> one = of(gold);
    Set<Currencies> other = one.size() == 1 ? of(answer) : one;
    return one.size() == 1 && other.size() == 1 && !one.equals(other);
  }

  /** Whether one is in dollars and the other in cents, though their numbers are the same. */
  static boolean areDollarsAndCents(String gold, String answer) {
    return (isInCents(answer) && of(gold).contains(DOLLAR))
        || (isInCents(gold) && of(answer).contains(DOLLAR));
  }

  private static boolean isInCents(String text) {
    return !isBareNumber(text) && CENTS.matcher(text).find();
  }

  /** An amount without the word for cents. */
  static String withoutCents(String text) {
    return CENTS.matcher(text).replaceAll("").strip();
  }

  private static Set<Currencies> of(String text) {
    if (isBareNumber(text)) {
      return EnumSet.noneOf(Currencies.class);
    }
    String flat = Statements.tail(text).toLowerCase(Locale.ROOT);
    Set<Currencies> found = EnumSet.noneOf(Currencies.class);
    for (Currencies currency : values()) {
      if (currency.mark.matcher(flat).find()) {
        found.add(currency);
      }
    }
    if (hasLoneDollar(flat)) {
      found.add(DOLLAR);
    }
    return found;
  }

  /** Most answers: then nothing has to be searched. */
  private static boolean isBareNumber(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if ((c < '0' || c > '9') && c != '.' && c != ',' && c != '-') {
        return false;
      }
    }
    return true;
  }

  /** A dollar sign before a number that is no math delimiter: those come in pairs. */
  private static boolean hasLoneDollar(String text) {
    long signs = text.chars().filter(c -> c == '$').count();
    return signs % 2 == 1 && BARE_DOLLAR.matcher(text).find();
  }
}
