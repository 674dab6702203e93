package org.sightmill.trainer.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.sightmill.trainer.engine.Mode;
import org.sightmill.trainer.engine.Scope;
import org.sightmill.trainer.engine.Script;
import org.sightmill.trainer.engine.ScriptCall;
import org.sightmill.trainer.engine.TensorList;

/**
 * Rows that continue encoded prompts token by token. Every row is equally long; rows that are done
 * leave by {@link #keep}. The prompts' keys and values stay in one copy for all their rows.
 */
public final class DecodeSession implements AutoCloseable {
  /** Caches grow by this many tokens, so that few sizes exist. */
  private static final int BUCKET_TOKENS = 64;

  /**
   * What came out of a call, row by row.
   *
   * @param tokens ids, [rows x count]
   * @param logProbs of each
   * @param count tokens per row
   */
  public record Tokens(long[] tokens, float[] logProbs, int count) {}

  private final Scope scope;
  private final Policy policy;
  private final Script script;
  private final PromptBatch prompts;
  private final NDArray bias;
  private final NDArray lastStates;
  private Scope cacheScope;
  private Scope prefixScope;
  private int[] owners;
  private int[] activePrompts;
  private TensorList prefix;
  private TensorList own;
  private NDArray hidden;
  private NDArray slots;
  private NDArray places;
  private NDArray token;
  private NDArray seen;
  private int used;
  private int room;

  DecodeSession(Scope parent, PromptPass pass, int[] owners, Script script, float[] bias) {
    this.scope = parent.child();
    this.policy = pass.policy();
    this.script = script;
    this.prompts = pass.batch();
    this.owners = owners.clone();
    this.bias = scope.floats(bias, bias.length);
    this.seen = scope.none();
    this.lastStates =
        new Head(policy.programs(), policy.weights())
            .select(scope, List.of(pass.hidden()), scope.longs(lastCells(), prompts.rows()));
    this.prefixScope = scope.child();
    this.cacheScope = scope.child();
    this.activePrompts = Arrays.stream(owners).distinct().sorted().toArray();
    this.prefix = TensorList.of(List.of(scope.none()));
    this.own = TensorList.of(List.of(scope.none()));
    arrange(pass.cacheLeaves(), activePrompts);
  }

  private long[] lastCells() {
    long[] cells = new long[prompts.rows()];
    for (int row = 0; row < cells.length; row++) {
      cells[row] = prompts.cell(row, prompts.prompts().get(row).length() - 1);
    }
    return cells;
  }

  /** Marks tokens as seen, for a penalty on repetition: [rows x V]. */
  public void markSeen(boolean[] flags) {
    seen = scope.booleans(flags, owners.length, policy.config().text().vocabulary());
  }

  /** Rows left. */
  public int rows() {
    return owners.length;
  }

  /** Chooses every row's first token from its prompt's last state. */
  public Tokens first(float[] uniforms) {
    try (Scope local = scope.child()) {
      NDArray random = local.floats(uniforms, rows(), 1);
      NDList found =
          script
              .method("first")
              .with(lastStates)
              .with(local.indices(owners))
              .with(policy.weights().head())
              .with(random)
              .with(seen)
              .with(bias)
              .run(local, Mode.INFERENCE);
      return taken(found, 1);
    }
  }

  /**
   * Goes on by several tokens.
   *
   * @param uniforms numbers in [0, 1) that decide the draws, [rows x count]
   */
  public Tokens next(float[] uniforms, int count) {
    ensureRoom(used + count);
    try (Scope local = scope.child()) {
      NDList found = call(local, uniforms, count).run(local, Mode.INFERENCE);
      used += count;
      return taken(found, count);
    }
  }

  private ScriptCall call(Scope local, float[] uniforms, int count) {
    return script
        .method("steps")
        .with(policy.weights().text())
        .with(policy.weights().adapters().argument())
        .with(policy.weights().embedding())
        .with(policy.weights().head())
        .with(token)
        .with(local.longs(positions(count), 3, rows(), count))
        .with(prefix)
        .with(own)
        .with(local.longs(new long[] {used}))
        .with(slots)
        .with(places)
        .with(hidden)
        .with(local.floats(uniforms, rows(), count))
        .with(seen)
        .with(bias);
  }

  private Tokens taken(NDList found, int count) {
    NDArray last = cacheScope.keep(found.get(0));
    if (token != null) {
      token.close();
    }
    token = last;
    return new Tokens(found.get(1).toLongArray(), found.get(2).toFloatArray(), count);
  }

  private long[] positions(int count) {
    long[] positions = new long[3 * rows() * count];
    for (int i = 0; i < positions.length; i++) {
      int row = i / count % rows();
      positions[i] = prompts.positions().get(owners[row]).next() + used + i % count;
    }
    return positions;
  }

  private void ensureRoom(int wanted) {
    if (wanted <= room) {
      return;
    }
    int size = (wanted + BUCKET_TOKENS - 1) / BUCKET_TOKENS * BUCKET_TOKENS;
    try (Scope local = scope.child()) {
      NDList grown =
          script
              .method("room")
              .with(own)
              .with(prefix.tensors().get(0))
              .with(local.longs(new long[] {rows()}))
              .with(local.longs(new long[] {size}))
              .run(local, Mode.INFERENCE);
      replaceOwn(grown);
    }
    room = size;
  }

  private void replaceOwn(List<NDArray> tensors) {
    Scope fresh = scope.child();
    tensors.forEach(fresh::keep);
    if (token != null) {
      fresh.keep(token);
    }
    own.close();
    cacheScope.close();
    cacheScope = fresh;
    own = TensorList.of(tensors);
  }

  /** Keeps these rows, in this order, and lets the others go. */
  public void keep(int[] rows) {
    int[] kept = Arrays.stream(rows).map(row -> owners[row]).toArray();
    try (Scope local = scope.child()) {
      NDArray index = local.indices(rows);
      List<NDArray> tensors = new ArrayList<>(List.of(token));
      boolean penalises = seen.getShape().dimension() == 2;
      if (penalises) {
        tensors.add(seen);
      }
      if (room > 0) {
        tensors.addAll(own.tensors());
      }
      NDList picked = script.method("pick").with(tensors).with(index).run(local, Mode.INFERENCE);
      token = picked.get(0);
      seen = penalises ? scope.keep(picked.get(1)) : seen;
      replaceOwn(
          room > 0 ? picked.subList(penalises ? 2 : 1, picked.size()) : List.of(local.none()));
    }
    owners = kept;
    int[] needed = Arrays.stream(kept).distinct().sorted().toArray();
    int[] within = Arrays.stream(needed).map(p -> Arrays.binarySearch(activePrompts, p)).toArray();
    activePrompts = needed;
    arrange(prefix.tensors(), within);
  }

  /** Takes over the given rows of the prompts' caches, and lists each prompt's rows. */
  private void arrange(List<NDArray> caches, int[] rows) {
    Scope fresh = scope.child();
    List<NDArray> tensors = caches;
    boolean whole = rows.length == caches.get(0).getShape().get(0);
    if (!whole) {
      tensors =
          script.method("pick").with(caches).with(fresh.indices(rows)).run(fresh, Mode.INFERENCE);
    } else if (prefix.tensors().equals(caches)) {
      tensors.forEach(fresh::keep);
    }
    prefix.close();
    prefix = TensorList.of(tensors);
    layOut(fresh);
    prefixScope.close();
    prefixScope = fresh;
  }

  private void layOut(Scope fresh) {
    RowGroups groups = RowGroups.of(owners, activePrompts);
    slots = fresh.longs(groups.slots(), activePrompts.length, groups.width());
    places = groups.inOrder() ? fresh.none() : fresh.longs(groups.places(), owners.length);
    boolean[] mask = new boolean[activePrompts.length * prompts.width()];
    boolean any = false;
    for (int i = 0; i < mask.length; i++) {
      mask[i] = !prompts.holdsToken(activePrompts[i / prompts.width()], i % prompts.width());
      any |= mask[i];
    }
    hidden = any ? fresh.booleans(mask, activePrompts.length, 1, 1, prompts.width()) : fresh.none();
  }

  @Override
  public void close() {
    prefix.close();
    own.close();
    scope.close();
  }
}
