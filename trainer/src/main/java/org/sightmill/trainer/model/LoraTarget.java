package org.sightmill.trainer.model;

/** Decoder projections that take adapters, by the names in a checkpoint. */
public enum LoraTarget {
  /** Queries. */
  Q_PROJ("self_attn.q_proj", Product.QKV),
  /** Keys. */
  K_PROJ("self_attn.k_proj", Product.QKV),
  /** Values. */
  V_PROJ("self_attn.v_proj", Product.QKV),
  /** Output of attention. */
  O_PROJ("self_attn.o_proj", Product.OUT),
  /** Gate of the MLP. */
  GATE_PROJ("mlp.gate_proj", Product.GATE_UP),
  /** Input of the MLP. */
  UP_PROJ("mlp.up_proj", Product.GATE_UP),
  /** Output of the MLP. */
  DOWN_PROJ("mlp.down_proj", Product.DOWN);

  /** The joint products of a layer, with the layer-relative index of their weight. */
  enum Product {
    QKV(1),
    OUT(3),
    GATE_UP(5),
    DOWN(6);

    private final int weight;

    Product(int weight) {
      this.weight = weight;
    }

    int weight() {
      return weight;
    }
  }

  private final String module;
  private final Product product;

  LoraTarget(String module, Product product) {
    this.module = module;
    this.product = product;
  }

  /** The module's path within a layer. */
  public String module() {
    return module;
  }

  Product product() {
    return product;
  }

  int inputWidth(TextConfig c) {
    return switch (product) {
      case QKV, GATE_UP -> c.hidden();
      case OUT -> c.heads() * c.headWidth();
      case DOWN -> c.intermediate();
    };
  }

  int outputWidth(TextConfig c) {
    return switch (this) {
      case Q_PROJ -> c.heads() * c.headWidth();
      case K_PROJ, V_PROJ -> c.keyValueHeads() * c.headWidth();
      case O_PROJ, DOWN_PROJ -> c.hidden();
      case GATE_PROJ, UP_PROJ -> c.intermediate();
    };
  }

  /** The first row of the joint weight that belongs to this projection. */
  int firstRow(TextConfig c) {
    int queries = c.heads() * c.headWidth();
    return switch (this) {
      case K_PROJ -> queries;
      case V_PROJ -> queries + c.keyValueHeads() * c.headWidth();
      case UP_PROJ -> c.intermediate();
      case Q_PROJ, O_PROJ, GATE_PROJ, DOWN_PROJ -> 0;
    };
  }

  int productWidth(TextConfig c) {
    return switch (product) {
      case QKV -> c.qkvWidth();
      case GATE_UP -> 2 * c.intermediate();
      case OUT, DOWN -> c.hidden();
    };
  }
}
