package org.sightmill.trainer.model;

import ai.djl.Device;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.sightmill.trainer.engine.Scope;

/** The golden folder, and a scope that ends with the test class. */
public abstract class GoldenFixture {
  protected static GoldenModel golden;
  protected static Scope root;

  @BeforeAll
  public static void openGolden() {
    golden = GoldenModel.open();
    root = Scope.on(Device.cpu());
  }

  @AfterAll
  public static void closeGolden() {
    root.close();
  }
}
