package org.sightmill.pipeline.answer.math;

import java.util.Map;
import java.util.Set;

/** The fixed vocabulary of formulas. */
final class Names {
  static final Set<String> FUNCTIONS =
      Set.of(
          "sin", "cos", "tan", "cot", "sec", "csc", "sinh", "cosh", "tanh", "arcsin", "arccos",
          "arctan", "arccot", "asin", "acos", "atan", "ln", "log", "lg", "exp", "gcd", "lcm", "max",
          "min", "floor", "ceil", "det", "sgn", "cbrt", "cosec", "arg", "abs");

  static final Set<String> GREEK =
      Set.of(
          "alpha",
          "beta",
          "gamma",
          "delta",
          "epsilon",
          "varepsilon",
          "zeta",
          "eta",
          "theta",
          "vartheta",
          "iota",
          "kappa",
          "lambda",
          "mu",
          "nu",
          "xi",
          "rho",
          "sigma",
          "tau",
          "upsilon",
          "phi",
          "varphi",
          "chi",
          "psi",
          "omega",
          "Gamma",
          "Delta",
          "Theta",
          "Lambda",
          "Xi",
          "Pi",
          "Sigma",
          "Phi",
          "Psi",
          "Omega",
          "ell",
          "hbar");

  /** Commands that only set type: their group is read as text or as a formula. */
  static final Set<String> TEXT_COMMANDS =
      Set.of(
          "text",
          "mathrm",
          "mbox",
          "textbf",
          "mathbf",
          "textit",
          "operatorname",
          "mathit",
          "textrm",
          "mathsf",
          "mathcal",
          "boldsymbol",
          "bm",
          "hbox",
          "textsf",
          "texttt",
          "emph",
          "mathtt",
          "operatorname*",
          "textnormal",
          "rm",
          "bf",
          "it");

  /** Commands that draw over their argument and do not change what it means. */
  static final Set<String> DECORATIONS =
      Set.of(
          "overline",
          "overleftrightarrow",
          "boxed",
          "fbox",
          "displaystyle",
          "underline",
          "widehat",
          "ensuremath",
          "overset",
          "mathop",
          "color");

  /** Commands that mean an operator. */
  static final Map<String, String> OPERATORS =
      Map.ofEntries(
          Map.entry("cdot", "*"),
          Map.entry("times", "*"),
          Map.entry("ast", "*"),
          Map.entry("bullet", "*"),
          Map.entry("div", "/"),
          Map.entry("le", "<="),
          Map.entry("leq", "<="),
          Map.entry("leqslant", "<="),
          Map.entry("leqq", "<="),
          Map.entry("ge", ">="),
          Map.entry("geq", ">="),
          Map.entry("geqslant", ">="),
          Map.entry("geqq", ">="),
          Map.entry("lt", "<"),
          Map.entry("gt", ">"),
          Map.entry("ne", "!="),
          Map.entry("neq", "!="),
          Map.entry("approx", "~="),
          Map.entry("simeq", "~="),
          Map.entry("doteq", "~="),
          Map.entry("equiv", "="),
          Map.entry("in", "in"),
          Map.entry("cup", "cup"),
          Map.entry("bigcup", "cup"),
          Map.entry("cap", "cap"),
          Map.entry("bigcap", "cap"),
          Map.entry("setminus", "setminus"),
          Map.entry("backslash", "setminus"),
          Map.entry("pm", "+-"),
          Map.entry("mp", "-+"),
          Map.entry("lvert", "|"),
          Map.entry("rvert", "|"),
          Map.entry("vert", "|"),
          Map.entry("mid", "|"),
          Map.entry("Vert", "||"),
          Map.entry("langle", "<("),
          Map.entry("rangle", ")>"),
          Map.entry("lfloor", "[_"),
          Map.entry("rfloor", "_]"),
          Map.entry("lceil", "[^"),
          Map.entry("rceil", "^]"),
          Map.entry("lbrace", "\\{"),
          Map.entry("rbrace", "\\}"),
          Map.entry("lbrack", "["),
          Map.entry("rbrack", "]"),
          Map.entry("colon", ":"),
          Map.entry("lor", "or"),
          Map.entry("vee", "or"),
          Map.entry("land", "and"),
          Map.entry("wedge", "and"),
          Map.entry("circ", "circ"),
          Map.entry("degree", "circ"),
          Map.entry("prime", "'"),
          Map.entry("ldots", "..."),
          Map.entry("dots", "..."),
          Map.entry("cdots", "..."));

  /** Short words that are answers, not products of letters. */
  static final Set<String> WORDS =
      Set.of(
          "yes", "no", "odd", "red", "none", "one", "two", "six", "ten", "all", "sum", "set", "dne",
          "and", "or", "am", "pm", "per", "the", "is", "are", "of", "to", "for", "not", "big",
          "low", "hot", "max", "min", "dog", "cat", "left", "east", "west", "cold", "sq", "cup",
          "old", "new");

  private Names() {}
}
