package org.sightmill.pipeline.collect.image;

/** The formats that are stored. Others are recognised, to be rejected by name. */
public enum ImageFormat {
  JPEG("jpg"),
  PNG("png"),
  GIF("gif"),
  BMP("bmp");

  private final String extension;

  ImageFormat(String extension) {
    this.extension = extension;
  }

  /** The file name's end, without a dot. */
  public String extension() {
    return extension;
  }
}
