package org.sightmill.pipeline.collect.source.procedural;

import java.util.List;

/**
 * What a chart is about.
 *
 * @param title the heading
 * @param unit what is counted, in the plural
 * @param kind what the categories are, in the singular
 * @param order whether the categories follow in time, so that a line may join them
 * @param categories their names, short enough for an axis
 */
record Theme(String title, String unit, String kind, Order order, List<String> categories) {
  enum Order {
    TIME,
    NONE
  }

  private static final List<String> MONTHS =
      List.of("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct");
  private static final List<String> DAYS = List.of("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun");
  private static final List<String> YEARS =
      List.of("2015", "2016", "2017", "2018", "2019", "2020", "2021", "2022");

  static final List<Theme> ALL =
      List.of(
          time("Visitors to the museum", "visitors", "month", MONTHS),
          time("Rainfall at the station", "millimetres", "month", MONTHS),
          time("Bicycles repaired", "bicycles", "month", MONTHS),
          time("Tickets sold", "tickets", "day", DAYS),
          time("Loaves baked", "loaves", "day", DAYS),
          time("Letters delivered", "letters", "day", DAYS),
          time("Houses built", "houses", "year", YEARS),
          time("Birds ringed on the island", "birds", "year", YEARS),
          plain(
              "Fruit sold at the market",
              "crates",
              "fruit",
              "Apples",
              "Pears",
              "Plums",
              "Grapes",
              "Lemons",
              "Cherries",
              "Melons",
              "Figs"),
          plain(
              "Books lent by subject",
              "books",
              "subject",
              "History",
              "Art",
              "Science",
              "Travel",
              "Poetry",
              "Music",
              "Law"),
          plain(
              "Trees planted by district",
              "trees",
              "district",
              "North",
              "South",
              "East",
              "West",
              "Harbour",
              "Old Town",
              "Hillside"),
          plain(
              "Trips by transport",
              "trips",
              "means of transport",
              "Bus",
              "Train",
              "Bicycle",
              "Car",
              "Tram",
              "Ferry"),
          plain(
              "Pets at the shelter",
              "animals",
              "kind of pet",
              "Dogs",
              "Cats",
              "Rabbits",
              "Birds",
              "Turtles",
              "Hamsters"),
          plain(
              "Electricity by source",
              "megawatt hours",
              "source",
              "Wind",
              "Solar",
              "Hydro",
              "Coal",
              "Gas",
              "Biomass"),
          plain(
              "Students by club",
              "students",
              "club",
              "Chess",
              "Choir",
              "Robotics",
              "Drama",
              "Football",
              "Garden"),
          plain(
              "Points by team",
              "points",
              "team",
              "Reds",
              "Blues",
              "Lions",
              "Hawks",
              "Bears",
              "Foxes",
              "Owls"),
          plain(
              "Drinks served", "cups", "drink", "Tea", "Coffee", "Cocoa", "Juice", "Milk", "Water"),
          plain(
              "Languages learned",
              "learners",
              "language",
              "French",
              "Spanish",
              "German",
              "Italian",
              "Greek",
              "Turkish"));

  /** Names of two series side by side. */
  static final List<List<String>> PAIRS =
      List.of(
          List.of("First half", "Second half"),
          List.of("Morning", "Evening"),
          List.of("Branch A", "Branch B"),
          List.of("Planned", "Actual"),
          List.of("Last year", "This year"));

  private static Theme time(String title, String unit, String kind, List<String> categories) {
    return new Theme(title, unit, kind, Order.TIME, categories);
  }

  private static Theme plain(String title, String unit, String kind, String... categories) {
    return new Theme(title, unit, kind, Order.NONE, List.of(categories));
  }
}
