package org.sightmill.trainer.model;

import java.util.List;
import org.sightmill.trainer.engine.Scope;
import org.sightmill.trainer.engine.Script;
import org.sightmill.trainer.engine.ScriptSource;
import org.sightmill.trainer.engine.Tensors;

/** The compiled programs of one model in one thread. */
record Programs(Tensors tensors, Script vision, Script text, Script head) {

  static Programs load(Scope scope, QwenConfig config, PolicyOptions options) {
    List<Script> scripts =
        sources(config, options).stream().map(source -> Script.load(scope, source)).toList();
    return new Programs(Tensors.load(scope), scripts.get(0), scripts.get(1), scripts.get(2));
  }

  /** Vision, text and head. */
  static List<ScriptSource> sources(QwenConfig config, PolicyOptions options) {
    return List.of(
        VisionProgram.source(config.vision(), options.compute()),
        TextProgram.source(config.text(), options.compute(), options.lora()),
        HeadProgram.source(config.text()));
  }
}
