package org.sightmill.pipeline.collect;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.spark.sql.Row;
import org.sightmill.pipeline.collect.source.SourceConfig;

/**
 * Where an image reference may lie below the image folder, most likely first: as given, without its
 * leading slash, without its first folder (a source's prefix), its file name alone, then the
 * configured names. References that climb out of the folder give no place.
 */
final class ImageNames {
  private ImageNames() {}

  static List<String> candidates(String reference, String sourceId, List<String> configured) {
    String path = reference.strip().replaceFirst("^(?:\\./|/)+", "");
    Set<String> names = new LinkedHashSet<>();
    names.add(path);
    int slash = path.indexOf('/');
    if (slash >= 0) {
      names.add(path.substring(slash + 1));
      names.add(base(path));
    }
    configured.forEach(name -> names.add(filled(name, path, sourceId)));
    List<String> safe = new ArrayList<>(names);
    safe.removeIf(name -> name.isBlank() || List.of(name.split("/", -1)).contains(".."));
    return safe;
  }

  /** All places of some raw records' pictures. */
  static Set<String> candidates(List<Row> rows, SourceConfig source) {
    Set<String> names = new LinkedHashSet<>();
    for (Row row : rows) {
      RawRecord record = new RawRecord(row);
      if (record.image() != null && record.imageBytes() == null) {
        names.addAll(candidates(record.image(), record.id(), source.imageNames()));
      }
    }
    return names;
  }

  private static String filled(String template, String path, String sourceId) {
    String base = base(path);
    int dot = base.lastIndexOf('.');
    int slash = path.indexOf('/');
    return template
        .replace("{path}", path)
        .replace("{flat}", path.replace('/', '-'))
        .replace("{first}", slash < 0 ? "" : path.substring(0, slash))
        .replace("{base}", base)
        .replace("{stem}", dot < 0 ? base : base.substring(0, dot))
        .replace("{ext}", dot < 0 ? "" : base.substring(dot + 1))
        .replace("{id}", sourceId == null ? "" : sourceId.replace('/', '-'));
  }

  private static String base(String path) {
    return path.substring(path.lastIndexOf('/') + 1);
  }
}
