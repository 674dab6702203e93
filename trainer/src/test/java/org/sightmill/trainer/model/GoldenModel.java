package org.sightmill.trainer.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The golden folder: a model and what the reference computes with it. {@code -Dgolden.dir} names
 * another folder of the same form.
 */
public final class GoldenModel {
  private static final String PROPERTY = "golden.dir";

  private final Path folder;
  private final JsonNode root;

  private GoldenModel(Path folder, JsonNode root) {
    this.folder = folder;
    this.root = root;
  }

  public static GoldenModel open() {
    try {
      Path folder =
          System.getProperty(PROPERTY) != null
              ? Path.of(System.getProperty(PROPERTY))
              : Path.of(GoldenModel.class.getResource("/golden/qwen25vl-tiny").toURI());
      return new GoldenModel(
          folder, new ObjectMapper().readTree(folder.resolve("golden.json").toFile()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  public Path model() {
    return folder.resolve("model");
  }

  public JsonNode at(String pointer) {
    JsonNode node = root.at(pointer);
    if (node.isMissingNode()) {
      throw new IllegalStateException("golden.json has no " + pointer);
    }
    return node;
  }

  /** The numbers of a raw file that golden.json names as [file, shape]. */
  public float[] floats(JsonNode fileAndShape) {
    return floats(fileAndShape.get(0).asText());
  }

  public float[] floats(String file) {
    ByteBuffer bytes = ByteBuffer.wrap(bytes(file)).order(ByteOrder.LITTLE_ENDIAN);
    float[] values = new float[bytes.remaining() / Float.BYTES];
    bytes.asFloatBuffer().get(values);
    return values;
  }

  public byte[] bytes(String file) {
    try {
      return Files.readAllBytes(folder.resolve(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * The pixels of {@code grpo}'s one picture: the file that golden.json names there, or the only
   * raw file that it names nowhere.
   */
  public float[] grpoPixels() {
    JsonNode named = root.at("/grpo/files/pixel_values");
    if (!named.isMissingNode()) {
      return floats(named);
    }
    String text = root.toString();
    try (Stream<Path> files = Files.list(folder)) {
      return floats(
          files
              .map(file -> file.getFileName().toString())
              .filter(name -> name.endsWith(".f32") && !text.contains(name))
              .findFirst()
              .orElseThrow());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public static int[] ints(JsonNode array) {
    int[] values = new int[array.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = array.get(i).asInt();
    }
    return values;
  }

  public static float[] numbers(JsonNode array) {
    float[] values = new float[array.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) array.get(i).asDouble();
    }
    return values;
  }

  /** All rows of a matrix, one after the other. */
  public static float[] matrix(JsonNode rows) {
    float[] values = new float[rows.size() * rows.get(0).size()];
    int at = 0;
    for (JsonNode row : rows) {
      for (JsonNode value : row) {
        values[at++] = (float) value.asDouble();
      }
    }
    return values;
  }

  public static Map<String, Float> norms(JsonNode object) {
    Map<String, Float> norms = new LinkedHashMap<>();
    object
        .properties()
        .forEach(field -> norms.put(field.getKey(), (float) field.getValue().asDouble()));
    return norms;
  }

  /** The rows of {@code forward} without their padding, each with its pictures. */
  public List<Prompt> forwardPrompts() {
    List<PatchGrid> images =
        images(at("/forward/image_grid_thw"), floats(at("/forward/files/pixel_values")));
    List<Prompt> prompts = new ArrayList<>();
    int used = 0;
    for (int row = 0; row < at("/forward/input_ids").size(); row++) {
      int[] tokens = forwardTokens(row);
      int taken = imagesOf(tokens, images.subList(used, images.size()));
      prompts.add(new Prompt(tokens, images.subList(used, used + taken)));
      used += taken;
    }
    return prompts;
  }

  /** Left padding with the reference's own padding token. */
  public Padding padding() {
    for (int row = 0; row < at("/forward/input_ids").size(); row++) {
      if (forwardStart(row) > 0) {
        return Padding.left(at("/forward/input_ids").get(row).get(0).asInt());
      }
    }
    return Padding.left(0);
  }

  /** Column of a row's first token in the golden's left-padded rectangle. */
  public int forwardStart(int row) {
    int start = 0;
    while (at("/forward/attention_mask").get(row).get(start).asInt() == 0) {
      start++;
    }
    return start;
  }

  private int[] forwardTokens(int row) {
    int[] all = ints(at("/forward/input_ids").get(row));
    return java.util.Arrays.copyOfRange(all, forwardStart(row), all.length);
  }

  /** For each row without padding, which tokens {@code sft} has labels for. */
  public List<boolean[]> sftChoices() {
    List<boolean[]> choices = new ArrayList<>();
    for (int row = 0; row < at("/sft/labels").size(); row++) {
      int[] labels = ints(at("/sft/labels").get(row));
      int start = forwardStart(row);
      boolean[] chosen = new boolean[labels.length - start];
      for (int i = 0; i < chosen.length; i++) {
        chosen[i] = labels[start + i] >= 0;
      }
      choices.add(chosen);
    }
    return choices;
  }

  public int imageToken() {
    return config().path("image_token_id").asInt();
  }

  private JsonNode config() {
    try {
      return new ObjectMapper().readTree(model().resolve("config.json").toFile());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private int imagesOf(int[] tokens, List<PatchGrid> images) {
    long wanted = java.util.Arrays.stream(tokens).filter(t -> t == imageToken()).count();
    int merge = config().path("vision_config").path("spatial_merge_size").asInt();
    int taken = 0;
    for (long tokensSeen = 0; tokensSeen < wanted; taken++) {
      tokensSeen += images.get(taken).patches() / (merge * merge);
    }
    return taken;
  }

  public static List<PatchGrid> images(JsonNode grids, float[] pixels) {
    int patches = 0;
    for (JsonNode grid : grids) {
      patches += grid.get(0).asInt() * grid.get(1).asInt() * grid.get(2).asInt();
    }
    int width = pixels.length / patches;
    List<PatchGrid> images = new ArrayList<>();
    int at = 0;
    for (JsonNode grid : grids) {
      int[] size = ints(grid);
      int length = size[0] * size[1] * size[2] * width;
      images.add(
          new PatchGrid(
              java.util.Arrays.copyOfRange(pixels, at, at + length), size[0], size[1], size[2]));
      at += length;
    }
    return images;
  }
}
