package dev.ringlet.shape;

/** Which way a value goes. */
public enum SchemaUse {
  /** What comes out, as long as nobody asks for another form of numbers. */
  GIVEN(""),
  /** What may come in, in any of its forms. */
  TAKEN(".input");

  private final String suffix;

  SchemaUse(String suffix) {
    this.suffix = suffix;
  }

  /** What names of components of this use end with. */
  public String suffix() {
    return suffix;
  }
}
