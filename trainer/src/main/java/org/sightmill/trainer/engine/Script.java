package org.sightmill.trainer.engine;

import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.JniUtils;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * A loaded TorchScript module. Its methods take tensors and lists of tensors and return lists of
 * tensors. Not safe for concurrent use: every thread loads its own.
 */
public final class Script implements AutoCloseable {
  private final String name;
  private final PtSymbolBlock block;

  private Script(String name, PtSymbolBlock block) {
    this.name = name;
    this.block = block;
  }

  /** Compiles the source on the scope's device; the module lives until closed or the scope ends. */
  public static Script load(Scope scope, ScriptSource source) {
    Runtime.prepareThread();
    byte[] archive = ScriptArchive.bytes(source);
    try {
      PtNDManager manager = (PtNDManager) scope.manager();
      return new Script(
          source.name(),
          JniUtils.loadModule(manager, new ByteArrayInputStream(archive), true, false));
    } catch (IOException e) {
      throw new UncheckedIOException(e); // the archive is in memory
    }
  }

  /** Starts a call of one of the module's methods. */
  public ScriptCall method(String method) {
    return new ScriptCall(this, method);
  }

  String name() {
    return name;
  }

  PtSymbolBlock block() {
    return block;
  }

  @Override
  public void close() {
    block.close();
  }
}
