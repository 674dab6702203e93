package org.sightmill.trainer.generate;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.sightmill.trainer.image.ImagePreprocessor;
import org.sightmill.trainer.image.ImageResult;
import org.sightmill.trainer.image.PixelValues;
import org.sightmill.trainer.model.PatchGrid;
import org.sightmill.trainer.model.Prompt;
import org.sightmill.trainer.model.QwenConfig;
import org.sightmill.trainer.token.ChatMessage;
import org.sightmill.trainer.token.ChatMessage.Role;
import org.sightmill.trainer.token.ChatTemplate;
import org.sightmill.trainer.token.PromptResult;

/** Questions and pictures to prompts. */
public final class PromptMaker {
  /** The code of text without a tokenizer to read it. */
  public static final String NO_TOKENIZER = "NO_TOKENIZER";

  /** The code of ids that the model does not have. */
  public static final String TOKEN_OUT_OF_RANGE = "TOKEN_OUT_OF_RANGE";

  /** The code of image tokens that do not fit the pictures. */
  public static final String IMAGE_TOKENS_MISMATCH = "IMAGE_TOKENS_MISMATCH";

  /** The code of a prompt without tokens. */
  public static final String EMPTY_PROMPT = "EMPTY_PROMPT";

  private final QwenConfig config;
  private final Optional<ChatTemplate> template;
  private final ImagePreprocessor images;
  private final int limitTokens;

  /**
   * A maker for a model.
   *
   * @param template nothing where the model has no tokenizer: then only ids can be asked
   * @param limitTokens longer prompts are refused, never cut
   */
  public PromptMaker(
      QwenConfig config,
      Optional<ChatTemplate> template,
      ImagePreprocessor images,
      int limitTokens) {
    this.config = config;
    this.template = template;
    this.images = images;
    this.limitTokens = limitTokens;
  }

  /**
   * A user's message, the pictures before the text, in the chat template.
   *
   * @param system instructions in place of the template's own
   */
  public Prepared chat(Optional<String> system, List<Path> pictures, String text) {
    if (template.isEmpty()) {
      return new Prepared.Refused(
          NO_TOKENIZER, "the model's folder has no tokenizer.json, so only ids can be asked");
    }
    List<PatchGrid> grids = new ArrayList<>();
    List<ChatMessage.Part> parts = new ArrayList<>();
    Optional<Prepared.Refused> fault = read(pictures, grids, parts);
    if (fault.isPresent()) {
      return fault.get();
    }
    parts.add(new ChatMessage.Text(text));
    List<ChatMessage> messages = new ArrayList<>();
    system.ifPresent(words -> messages.add(ChatMessage.of(Role.SYSTEM, words)));
    messages.add(new ChatMessage(Role.USER, parts));
    return prompt(template.get().prompt(messages, limitTokens), grids);
  }

  private static Prepared prompt(PromptResult result, List<PatchGrid> grids) {
    if (result instanceof PromptResult.TooLong tooLong) {
      return new Prepared.Refused(PromptResult.TooLong.CODE, tooLong.detail());
    }
    return new Prepared.Ready(new Prompt(((PromptResult.Fitting) result).ids(), grids));
  }

  private Optional<Prepared.Refused> read(
      List<Path> pictures, List<PatchGrid> grids, List<ChatMessage.Part> parts) {
    for (Path picture : pictures) {
      ImageResult<PixelValues> result = images.prepare(picture);
      if (result instanceof ImageResult.Unusable<PixelValues> unusable) {
        return Optional.of(
            new Prepared.Refused(
                unusable.fault().code(), "%s: %s".formatted(picture, unusable.detail())));
      }
      PixelValues pixels = ((ImageResult.Usable<PixelValues>) result).value();
      long[] grid = pixels.gridThw();
      grids.add(new PatchGrid(pixels.values(), (int) grid[0], (int) grid[1], (int) grid[2]));
      parts.add(new ChatMessage.Picture(pixels.tokens()));
    }
    return Optional.empty();
  }

  /**
   * A prompt of ids. Each picture stands as one image token, or as many as it has patches merged.
   */
  public Prepared ids(List<Path> pictures, int[] ids) {
    Optional<Prepared.Refused> fault = outOfRange(ids);
    List<PatchGrid> grids = new ArrayList<>();
    if (fault.isEmpty()) {
      fault = read(pictures, grids, new ArrayList<>());
    }
    if (fault.isPresent()) {
      return fault.get();
    }
    long places = Arrays.stream(ids).filter(id -> id == config.imageToken()).count();
    int[] whole = places == grids.size() ? expanded(ids, grids) : ids;
    if (whole.length > limitTokens) {
      PromptResult.TooLong tooLong =
          new PromptResult.TooLong(whole.length, imageTokens(grids), limitTokens);
      return new Prepared.Refused(PromptResult.TooLong.CODE, tooLong.detail());
    }
    return runsFit(whole, grids)
        ? new Prepared.Ready(new Prompt(whole, grids))
        : new Prepared.Refused(
            IMAGE_TOKENS_MISMATCH,
            "the ids hold %d image tokens, the %d pictures make %d"
                .formatted(places, grids.size(), imageTokens(grids)));
  }

  /** Ids that the vocabulary does not have, or none at all. */
  private Optional<Prepared.Refused> outOfRange(int[] ids) {
    if (ids.length == 0) {
      return Optional.of(new Prepared.Refused(EMPTY_PROMPT, "the prompt has no tokens"));
    }
    int vocabulary = config.text().vocabulary();
    return Arrays.stream(ids)
        .filter(id -> id < 0 || id >= vocabulary)
        .mapToObj(
            id ->
                new Prepared.Refused(
                    TOKEN_OUT_OF_RANGE, "id %d is not in 0 to %d".formatted(id, vocabulary - 1)))
        .findFirst();
  }

  private int tokens(PatchGrid grid) {
    return grid.patches() / config.vision().mergeUnit();
  }

  private int imageTokens(List<PatchGrid> grids) {
    return grids.stream().mapToInt(this::tokens).sum();
  }

  private int[] expanded(int[] ids, List<PatchGrid> grids) {
    int[] whole = new int[ids.length - grids.size() + imageTokens(grids)];
    int at = 0;
    int picture = 0;
    for (int id : ids) {
      int count = id == config.imageToken() ? tokens(grids.get(picture++)) : 1;
      Arrays.fill(whole, at, at + count, id);
      at += count;
    }
    return whole;
  }

  /** Whether image tokens come in runs of each picture's number, none over and none left. */
  private boolean runsFit(int[] ids, List<PatchGrid> grids) {
    int picture = 0;
    for (int at = 0; at < ids.length; at++) {
      if (ids[at] == config.imageToken()) {
        int end = picture < grids.size() ? at + tokens(grids.get(picture++)) : ids.length + 1;
        if (end > ids.length || !allImage(ids, at, end)) {
          return false;
        }
        at = end - 1;
      }
    }
    return picture == grids.size();
  }

  private boolean allImage(int[] ids, int from, int to) {
    return Arrays.stream(ids, from, to).allMatch(id -> id == config.imageToken());
  }
}
