package org.sightmill.trainer.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.sightmill.pipeline.sample.Choices;
import org.sightmill.trainer.image.ImagePreprocessor;
import org.sightmill.trainer.image.ImageResult;
import org.sightmill.trainer.image.ImageSettings;
import org.sightmill.trainer.image.PixelValues;
import org.sightmill.trainer.model.PatchGrid;
import org.sightmill.trainer.model.Prompt;
import org.sightmill.trainer.token.ChatMessage;
import org.sightmill.trainer.token.ChatTemplate;
import org.sightmill.trainer.token.ControlTokens;
import org.sightmill.trainer.token.PromptResult;
import org.sightmill.trainer.token.Tokenizer;

/** Makes prompts for one model: its tokenizer, its picture settings. Safe for several threads. */
public final class PromptMaker {
  private static final String TOKENIZER = "tokenizer.json";
  private static final String PREPROCESSOR = "preprocessor_config.json";

  private final Tokenizer tokenizer;
  private final ChatTemplate template;
  private final ImagePreprocessor preprocessor;
  private final PromptSettings settings;
  private final PictureSource pictures;

  private PromptMaker(
      Tokenizer tokenizer, ImageSettings images, PromptSettings settings, PictureSource pictures) {
    this.tokenizer = tokenizer;
    this.template = new ChatTemplate(tokenizer);
    this.preprocessor = new ImagePreprocessor(images);
    this.settings = settings;
    this.pictures = pictures;
  }

  /** Reads a model folder's tokenizer and, where it has one, its picture settings. */
  public static PromptMaker load(Path model, PromptSettings settings, PictureSource pictures)
      throws IOException {
    Path file = model.resolve(PREPROCESSOR);
    ImageSettings images = Files.exists(file) ? ImageSettings.read(file) : ImageSettings.QWEN25_VL;
    return new PromptMaker(
        Tokenizer.load(model.resolve(TOKENIZER)), limited(images, settings), settings, pictures);
  }

  private static ImageSettings limited(ImageSettings images, PromptSettings settings) {
    return images.withPixels(
        settings.minPixels() == 0 ? images.minPixels() : settings.minPixels(),
        settings.maxPixels() == 0 ? images.maxPixels() : settings.maxPixels());
  }

  /** The question up to the header of the reply. */
  public PromptOutcome prompt(VisualSample sample) {
    if (sample.imagePath() == null) {
      return prompt(sample, List.of());
    }
    byte[] bytes;
    try {
      bytes = pictures.read(sample.imagePath());
    } catch (IOException e) {
      return new PromptOutcome.Rejected(
          "IMAGE_UNREADABLE", "cannot read %s: %s".formatted(sample.imagePath(), e));
    }
    ImageResult<PixelValues> result = preprocessor.prepare(bytes);
    if (result instanceof ImageResult.Unusable<PixelValues> unusable) {
      return new PromptOutcome.Rejected("IMAGE_" + unusable.fault(), unusable.detail());
    }
    return prompt(sample, List.of(((ImageResult.Usable<PixelValues>) result).value()));
  }

  private PromptOutcome prompt(VisualSample sample, List<PixelValues> images) {
    List<ChatMessage.Part> parts = new ArrayList<>();
    images.forEach(image -> parts.add(new ChatMessage.Picture(image.tokens())));
    parts.add(new ChatMessage.Text(question(sample)));
    List<ChatMessage> messages =
        List.of(
            ChatMessage.of(ChatMessage.Role.SYSTEM, settings.systemPrompt()),
            new ChatMessage(ChatMessage.Role.USER, parts));
    PromptResult result = template.prompt(messages, settings.maxPromptLength());
    if (result instanceof PromptResult.TooLong tooLong) {
      return new PromptOutcome.Rejected(PromptResult.TooLong.CODE, tooLong.detail());
    }
    int[] ids = ((PromptResult.Fitting) result).ids();
    return new PromptOutcome.Ready(
        new Prompt(ids, images.stream().map(PromptMaker::grid).toList()));
  }

  /** Question, options by letter, instruction, each on its own line. */
  String question(VisualSample sample) {
    StringBuilder text = new StringBuilder(sample.question());
    for (int i = 0; i < sample.options().size(); i++) {
      text.append('\n').append(Choices.letter(i)).append(". ").append(sample.options().get(i));
    }
    String instruction = settings.instructions().get(sample.answerType());
    return instruction == null ? text.toString() : text.append('\n').append(instruction).toString();
  }

  private static PatchGrid grid(PixelValues image) {
    long[] size = image.gridThw();
    return new PatchGrid(image.values(), (int) size[0], (int) size[1], (int) size[2]);
  }

  /** The ids of a reply, its end included. */
  public int[] reply(String text) {
    return template.reply(text);
  }

  /** The text of sampled ids, without control tokens. */
  public String text(int[] ids) {
    return tokenizer.decode(ids, ControlTokens.SKIP);
  }

  /** The id that ends a reply. */
  public int endOfReply() {
    return template.turnEnd();
  }
}
