package org.sightmill.pipeline.schema;

import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * A schema as {@code dataset_info.features} in the card of a Hugging Face data set. Without it a
 * picture would be read as a plain struct, since Spark writes no {@code huggingface} footer.
 */
public final class HubFeatures {
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
    return type.equals(DataTypes.DoubleType) ? "float64" : "string";
  }
}
