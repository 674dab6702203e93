package org.sightmill.jobs.score;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.sightmill.trainer.generate.LocalModel;
import org.sightmill.trainer.generate.Prepared;
import org.sightmill.trainer.generate.PromptMaker;
import org.sightmill.trainer.generate.Scorer;

/**
 * Scores lines of JSON, {@link ScoreLine} in, {@code id, token_ids, logprobs, perplexity} out, one
 * line for each and in the same order. A line that can't be scored has no tokens, and its {@code
 * reason} says why, with a stable code first.
 */
public final class LineScorer {
  private final ScoreLine reader;
  private final Scorer scorer;
  private final ObjectMapper mapper = new ObjectMapper();
  private final Map<String, Long> refused = new TreeMap<>();
  private long lines;

  /** Scores with a model, which stays open as long as this is used. */
  public LineScorer(LocalModel model, PromptMaker prompts) {
    this.reader = new ScoreLine(model, prompts);
    this.scorer = new Scorer(model.scope(), model.policy());
  }

  /**
   * Scores all lines, a batch at a time.
   *
   * @param batch the most lines that are scored together
   */
  public void score(BufferedReader in, Writer out, int batch) throws IOException {
    List<String> waiting = new ArrayList<>();
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      waiting.add(line);
      // Whoever feeds the lines one by one waits for this one's score.
      if (waiting.size() == batch || !in.ready()) {
        write(out, waiting);
      }
    }
    write(out, waiting);
  }

  private void write(Writer out, List<String> waiting) throws IOException {
    for (String line : score(waiting)) {
      out.write(line + "\n");
    }
    out.flush();
    waiting.clear();
  }

  /** The output lines, without line ends; all are scored in one batch. */
  List<String> score(List<String> batch) {
    List<ScoreLine.Read> reads = batch.stream().map(reader::read).toList();
    List<Scorer.Item> items = reads.stream().flatMap(read -> read.item().stream()).toList();
    List<float[]> scores = items.isEmpty() ? List.of() : scorer.score(items);
    List<String> written = new ArrayList<>();
    int next = 0;
    for (ScoreLine.Read read : reads) {
      written.add(read.item().isPresent() ? scored(read, scores.get(next++)) : refused(read));
    }
    lines += batch.size();
    return written;
  }

  private String scored(ScoreLine.Read read, float[] logProbs) {
    ObjectNode line = line(read);
    ArrayNode ids = line.putArray("token_ids");
    for (int id : read.item().orElseThrow().completion()) {
      ids.add(id);
    }
    ArrayNode values = line.putArray("logprobs");
    for (float logProb : logProbs) {
      values.add(logProb);
    }
    return line.put("perplexity", Scorer.perplexity(logProbs)).toString();
  }

  private String refused(ScoreLine.Read read) {
    Prepared.Refused fault = read.fault().orElseThrow();
    refused.merge(fault.code(), 1L, Long::sum);
    ObjectNode line = line(read);
    line.putArray("token_ids");
    line.putArray("logprobs");
    line.putNull("perplexity");
    return line.put("reason", "%s: %s".formatted(fault.code(), fault.detail())).toString();
  }

  private ObjectNode line(ScoreLine.Read read) {
    ObjectNode line = mapper.createObjectNode();
    line.set("id", read.id());
    return line;
  }

  /** Counts by outcome. */
  public String summary() {
    long faults = refused.values().stream().mapToLong(Long::longValue).sum();
    String reasons =
        refused.entrySet().stream()
            .map(entry -> ", %s %d".formatted(entry.getKey(), entry.getValue()))
            .collect(Collectors.joining());
    return "%d lines: scored %d%s".formatted(lines, lines - faults, reasons);
  }
}
