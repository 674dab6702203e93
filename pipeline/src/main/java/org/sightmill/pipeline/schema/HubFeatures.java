package org.sightmill.pipeline.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * A schema as Hugging Face's {@code datasets} describes it: as {@code dataset_info.features} in the
 * card of a data set, and as the value of a Parquet footer's {@code huggingface} key. Without
 * either a picture would be read as a plain struct.
 */
public final class HubFeatures {
  /** Where {@code datasets} looks in a footer's metadata. */
  public static final String FOOTER_KEY = "huggingface";

  private HubFeatures() {}

  /** YAML, a list item a column, every line behind {@code indent}. */
  public static String yaml(StructType schema, String indent) {
    return Stream.of(schema.fields())
        .map(field -> feature(field, indent))
        .collect(Collectors.joining());
  }

  private static String feature(StructField field, String indent) {
    String name = indent + "- name: " + field.name() + "\n" + indent + "  ";
    DataType type = field.dataType();
    if (isImage(type)) {
      return name + "dtype: image\n";
    }
    if (type instanceof StructType struct) {
      return name + "struct:\n" + yaml(struct, indent + "    ");
    }
    return type instanceof ArrayType array
        ? name + list(array.elementType(), indent)
        : name + "dtype: " + dtype(type) + "\n";
  }

  /** Of structs a list, not a "sequence", which older readers turn into a struct of lists. */
  private static String list(DataType element, String indent) {
    if (isImage(element)) {
      return "sequence: image\n";
    }
    return element instanceof StructType struct
        ? "list:\n" + yaml(struct, indent + "    ")
        : "sequence: " + dtype(element) + "\n";
  }

  private static boolean isImage(DataType type) {
    return type instanceof StructType struct
        && struct.fields().length == 2
        && struct.apply(0).name().equals("bytes")
        && struct.apply(0).dataType().equals(DataTypes.BinaryType)
        && struct.apply(1).name().equals("path");
  }

  private static String dtype(DataType type) {
    if (type.equals(DataTypes.LongType)) {
      return "int64";
    }
    if (type.equals(DataTypes.IntegerType)) {
      return "int32";
    }
    if (type.equals(DataTypes.BinaryType)) {
      return "binary";
    }
    return type.equals(DataTypes.DoubleType) ? "float64" : "string";
  }

  /**
   * The value of the footer key {@link #FOOTER_KEY}. Lists are called {@code Sequence}, which every
   * version reads; {@code List} fails before version 4. Of structs they are a JSON list, since a
   * {@code Sequence} of structs means a struct of lists.
   */
  public static String json(StructType schema) {
    ObjectNode root = JsonNodeFactory.instance.objectNode();
    ObjectNode features = root.putObject("info").putObject("features");
    Stream.of(schema.fields()).forEach(field -> features.set(field.name(), node(field.dataType())));
    return root.toString();
  }

  private static JsonNode node(DataType type) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    if (isImage(type)) {
      return node.put("_type", "Image");
    }
    if (type instanceof StructType struct) {
      Stream.of(struct.fields()).forEach(field -> node.set(field.name(), node(field.dataType())));
      return node;
    }
    if (type instanceof ArrayType array) {
      DataType element = array.elementType();
      if (element instanceof StructType && !isImage(element)) {
        return JsonNodeFactory.instance.arrayNode().add(node(element));
      }
      node.set("feature", node(element));
      return node.put("_type", "Sequence");
    }
    return node.put("dtype", dtype(type)).put("_type", "Value");
  }
}
